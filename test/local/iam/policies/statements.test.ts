import { decide, unusedStatements } from '../../../../local/iam/policies/decide';
import { type AccessRequest, parsePolicy } from '../../../../local/iam/policies/statements';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';
const PUT = { action: 'dynamodb:PutItem', resource: TABLE, context: {} };

const parse = (...Statement: object[]) =>
  parsePolicy({ Version: '2012-10-17', Statement }, 'role r, policy p');
const allow = (statement: object) => ({
  Effect: 'Allow',
  Action: 'dynamodb:PutItem',
  Resource: TABLE,
  ...statement,
});
const isAllowed = (request: Partial<AccessRequest>, ...statements: object[]) => {
  return decide(parse(...statements), { ...PUT, ...request }).allowed;
};

test('denies what no statement allows', () => {
  expect(decide([], PUT)).toEqual({ allowed: false });
});

test.each<[string, boolean, object]>([
  ['the action', true, {}],
  ['another action', false, { Action: 'dynamodb:GetItem' }],
  ['a list of actions', true, { Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] }],
  ['the action in another case', true, { Action: 'DynamoDB:putitem' }],
  ['a prefix of the action', false, { Action: 'dynamodb:Put' }],
  ['an action with a wildcard', true, { Action: 'dynamodb:Put*' }],
  ['an action with a wildcard for one letter', true, { Action: 'dynamodb:P?tItem' }],
  ['every action', true, { Action: '*' }],
  ['every action but another one', true, { Action: undefined, NotAction: 'dynamodb:GetItem' }],
  ['every action but this one', false, { Action: undefined, NotAction: ['dynamodb:Put*'] }],
  ['every resource', true, { Resource: '*' }],
  ['another resource', false, { Resource: `${TABLE}2` }],
  ['a resource with a wildcard', true, { Resource: 'arn:aws:dynamodb:*:*:table/us*' }],
  ['a wildcard that would reach into the next part', false, { Resource: 'arn:aws:dynamodb:*:table/*:*' }],
  ['a resource in another case', false, { Resource: TABLE.toUpperCase() }],
  ['a list of resources', true, { Resource: ['arn:aws:sqs:*:*:*', TABLE] }],
  ['every resource but another one', true, { Resource: undefined, NotResource: `${TABLE}2` }],
  ['every resource but this one', false, { Resource: undefined, NotResource: TABLE }],
  ['the account in a variable', true, { Resource: 'arn:aws:dynamodb:*:${aws:PrincipalAccount}:table/users' }],
  [
    'a variable with a default',
    false,
    { Resource: "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team, 'x'}" },
  ],
  ['a variable that is missing', false, { Resource: 'arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}' }],
])('allowing %s', (_, allowed, statement) => {
  const defined = Object.entries(allow(statement)).filter(([, value]) => value !== undefined);
  const context = { 'aws:principalaccount': '000000000000' };

  expect(isAllowed({ context }, Object.fromEntries(defined))).toBe(allowed);
});

const MISSING = '${aws:PrincipalTag/team}';
const MISSING_TABLE = `arn:aws:dynamodb:*:*:table/${MISSING}`;
const region = (operator: string, values: string | string[]) => ({
  Condition: { [operator]: { 'aws:RequestedRegion': values } },
});

test.each<[string, boolean, object]>([
  ['Resource', false, { Resource: MISSING_TABLE }],
  ['Resource, before one that matches', true, { Resource: [MISSING_TABLE, TABLE] }],
  ['Resource, after one that matches', true, { Resource: [TABLE, MISSING_TABLE] }],
  ['NotResource', true, { Resource: undefined, NotResource: MISSING_TABLE }],
  ['NotResource, before this one', false, { Resource: undefined, NotResource: [MISSING_TABLE, TABLE] }],
  ['NotResource, after this one', false, { Resource: undefined, NotResource: [TABLE, MISSING_TABLE] }],
  ['StringEquals', false, region('StringEquals', MISSING)],
  ['StringEquals, before the value', true, region('StringEquals', [MISSING, 'us-east-1'])],
  ['StringEquals, after the value', true, region('StringEquals', ['us-east-1', MISSING])],
  ['StringLike', false, region('StringLike', `${MISSING}*`)],
  ['StringNotEquals', true, region('StringNotEquals', MISSING)],
  ['StringNotEquals, before the value', false, region('StringNotEquals', [MISSING, 'us-east-1'])],
  ['StringNotEquals, after the value', false, region('StringNotEquals', ['us-east-1', MISSING])],
  [
    'a condition before one that does not hold',
    false,
    {
      Condition: {
        StringNotEquals: { 'aws:RequestedRegion': MISSING },
        StringEquals: { 'aws:RequestedRegion': 'eu-west-1' },
      },
    },
  ],
])('a variable without a value matches nothing, in %s: an Allow and a Deny apply: %s', (_, applies, part) => {
  const context = { 'aws:requestedregion': 'us-east-1' };
  const statement = JSON.parse(JSON.stringify(allow(part)));

  expect(isAllowed({ context }, statement)).toBe(applies);
  expect(isAllowed({ context }, allow({}), { ...statement, Effect: 'Deny' })).toBe(!applies);
});

test.each([
  'arn:aws:dynamodb:*:*:*',
  'arn:aws:sqs:*:*:on*',
  'arn:aws:s3:::bucket*/x',
  'arn:aws:execute-api:*:*:*/*/GET/',
  'arn:aws:lambda:*:*:function:*',
])('%s has its wildcards where IAM takes them', (Resource) => {
  expect(() => parse(allow({ Resource }))).not.toThrow();
});

test('what a variable stands for is no pattern', () => {
  const statement = allow({ Resource: 'arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}' });

  expect(isAllowed({ context: { 'aws:principaltag/team': '*' } }, statement)).toBe(false);
  expect(isAllowed({ context: { 'aws:principaltag/team': 'users' } }, statement)).toBe(true);
});

test('a wildcard in braces is a character', () => {
  const statement = allow({ Resource: 'arn:aws:dynamodb:*:*:table/us${*}' });

  expect(isAllowed({}, statement)).toBe(false);
  expect(isAllowed({ resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/us*' }, statement)).toBe(true);
});

test('an explicit deny wins, in whatever order', () => {
  const deny = { ...allow({}), Effect: 'Deny' };

  expect(isAllowed({}, allow({}), deny)).toBe(false);
  expect(isAllowed({}, deny, allow({}))).toBe(false);
  expect(decide(parse(allow({}), deny), PUT).statement?.effect).toBe('Deny');
});

test('a statement counts as unused if nothing depends on it', () => {
  const get = allow({ Action: 'dynamodb:GetItem', Sid: 'Get' });
  const deny = { ...allow({ Resource: `${TABLE}2` }), Effect: 'Deny', Sid: 'Deny' };
  const unused = (...statements: object[]) =>
    unusedStatements(parse(...statements), [PUT]).map(({ id }) => id);

  expect(unused(allow({}))).toEqual([]);
  expect(unused(allow({ Action: ['dynamodb:PutItem', 'dynamodb:GetItem'] }))).toEqual([
    `role r, policy p, statement 1: Allow Action dynamodb:GetItem, Resource ${TABLE}`,
  ]);
  expect(unused(allow({}), get, deny)).toHaveLength(2);
  expect(unused(allow({}), { ...allow({}), Effect: 'Deny' })).toEqual([expect.stringContaining('Allow')]);
});

test.each<[string, object, string]>([
  ['no effect', { Effect: 'allow' }, 'Effect is Allow or Deny, not "allow"'],
  ['an unknown element', { Principal: '*' }, 'does not know the element Principal'],
  ['Action and NotAction', { NotAction: '*' }, 'either Action or NotAction'],
  ['an action that is none', { Action: 'PutItem' }, '"PutItem" is not an action'],
  ['an action that is no text', { Action: 5 }, 'Action is text, not 5'],
  ['an incomplete ARN', { Resource: 'arn:aws:dynamodb:*' }, '"arn:aws:dynamodb:*" is not a complete ARN'],
  ['an unknown variable', { Resource: `${TABLE}/\${aws:username}` }, 'the policy variable ${aws:username}'],
  ['a variable of several values', { Resource: `${TABLE}/\${dynamodb:LeadingKeys}` }, 'the policy variable'],
  ['no action', { Action: [] }, 'Action needs at least one value'],
  ['no resource', { Resource: [] }, 'Resource needs at least one value'],
  ['nothing excepted', { Resource: undefined, NotResource: [] }, 'NotResource needs at least one value'],
  [
    'a condition without a value',
    { Condition: { StringEquals: { 'aws:SourceArn': [] } } },
    'at least one value',
  ],
  ['a wildcard for the service', { Resource: 'arn:aws:*:*:*:table/users' }, 'no wildcard in the service'],
  ['a wildcard in the service', { Resource: 'arn:aws:dynamo?b:*:*:table/a' }, 'no wildcard in the service'],
  [
    'a wildcard in the type',
    { Resource: 'arn:aws:dynamodb:*:*:t*/users' },
    'no wildcard in the resource type',
  ],
  ['a wildcard for the type', { Resource: 'arn:aws:lambda:*:*:*:put' }, 'no wildcard in the resource type'],
  ['a type cut short', { Resource: 'arn:aws:iam::*:u*' }, 'no wildcard in the resource type'],
  ['a condition that is none', { Condition: [] }, 'a condition is an object, not []'],
])('a statement with %s is an error that says where', (_, statement, message) => {
  const read = () => parse(JSON.parse(JSON.stringify(allow({ Sid: 'Odd', ...statement }))));

  expect(read).toThrow('role r, policy p, statement Odd: ');
  expect(read).toThrow(message);
});

test('a policy of another version is an error', () => {
  expect(() => parsePolicy({ Version: '2008-10-17', Statement: [] }, 'role r')).toThrow('not 2012-10-17');
});
