import { isTrusted, parseTrustPolicy } from '../../../../local/iam/policies/trust';

const REQUEST = { principal: { Service: 'lambda.amazonaws.com' }, action: 'sts:AssumeRole', context: {} };
const allow = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: REQUEST.principal };

const parse = (...Statement: object[]) => parseTrustPolicy({ Version: '2012-10-17', Statement }, 'role r');

test.each<[string, boolean, object]>([
  ['the action', true, {}],
  ['the action in another case', true, { Action: 'STS:assumerole' }],
  ['a list of actions', true, { Action: ['sts:TagSession', 'sts:AssumeRole'] }],
  ['an action with a wildcard', true, { Action: 'sts:*' }],
  ['another action', false, { Action: 'sts:TagSession' }],
  ['another service', false, { Principal: { Service: 'states.amazonaws.com' } }],
])('%s: %s', (_, covers, statement) => {
  expect(isTrusted(parse({ ...allow, ...statement }), REQUEST)).toBe(covers);
  expect(isTrusted(parse(allow, { ...allow, ...statement, Effect: 'Deny' }), REQUEST)).toBe(!covers);
});

test.each([
  ['StringEquals', false],
  ['StringNotEquals', true],
])('a variable without a value is equal to nothing: %s covers: %s', (operator, covers) => {
  const Condition = { [operator]: { 'aws:SourceAccount': '${aws:PrincipalTag/account}' } };
  const request = { ...REQUEST, context: { 'aws:sourceaccount': '000000000000' } };

  expect(isTrusted(parse({ ...allow, Condition }), request)).toBe(covers);
  expect(isTrusted(parse(allow, { ...allow, Condition, Effect: 'Deny' }), request)).toBe(!covers);
});

test.each<[string, object, string]>([
  ['any service', { Principal: { Service: '*' } }, 'does not know wildcards in a principal: {"Service":"*"}'],
  [
    'any account',
    { Principal: { AWS: ['a', '*'] } },
    'does not know wildcards in a principal: {"AWS":["a","*"]}',
  ],
  ['anybody', { Principal: '*' }, 'does not know the principal "*"'],
  ['no service', { Principal: { Service: [] } }, 'Principal needs at least one Service'],
  ['no action in a list', { Action: [] }, 'Action needs at least one value'],
  ['an action that is none', { Action: 'AssumeRole' }, '"AssumeRole" is not an action'],
  ['no action', { Action: undefined }, 'either Action or NotAction'],
])('a statement about %s is an error that says where', (_, statement, message) => {
  const read = () => parse({ ...allow, Sid: 'Odd', ...statement });

  expect(read).toThrow('role r, statement Odd: ');
  expect(read).toThrow(message);
});
