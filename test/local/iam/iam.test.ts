import { Iam } from '../../../local/iam/iam';
import { resolverOf } from '../../support/resolver';

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:Stack-Queue';
const ROLE_ARN = 'arn:aws:iam::000000000000:role/worker';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:Stack-Trigger';
const POOL_ARN = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEfGhI';

function iamWith(statements: object[] = [], resources = {}): Iam {
  const template = {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Trigger: { Type: 'AWS::Lambda::Function' },
      Worker: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'worker',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sts:AssumeRole',
                Principal: { Service: 'states.amazonaws.com' },
                Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
              },
            ],
          },
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'p',
          Roles: [{ Ref: 'Worker' }],
          PolicyDocument: { Version: '2012-10-17', Statement: statements },
        },
      },
      ...resources,
    },
  };
  const iam = new Iam(() => undefined);
  iam.load([{ template, values: resolverOf(template) }]);
  return iam;
}

const assume = (iam: Iam) =>
  iam.assume(ROLE_ARN, 'states.amazonaws.com', 'machine', { 'aws:sourceaccount': '000000000000' });
const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } };
const QueueUrl = 'http://127.0.0.1:4566/000000000000/Stack-Queue';

test('a call with the key of a role is checked against its policies', () => {
  const iam = iamWith([send]);
  const { accessKeyId } = assume(iam);

  expect(() => iam.authorizeCall(accessKeyId, 'sqs', 'SendMessageBatch', { QueueUrl })).not.toThrow();
  expect(() => iam.authorizeCall(accessKeyId, 'sqs', 'PurgeQueue', { QueueUrl })).toThrow(
    expect.objectContaining({
      code: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:sts::000000000000:assumed-role/worker/machine is not authorized to perform: sqs:purgequeue ' +
        `on resource: ${QUEUE_ARN} because no identity-based policy allows the sqs:purgequeue action`,
    }),
  );
});

test.each([
  ['dynamodb', 'PutItem', { TableName: 't' }, 400, 'arn:aws:dynamodb:us-east-1:000000000000:table/t'],
  ['lambda', 'InvokeFunction', { FunctionArn: FUNCTION_ARN }, 403, FUNCTION_ARN],
])("a denial of %s has the service's own status", (prefix, action, input, status, resource) => {
  const iam = iamWith();
  const { accessKeyId } = assume(iam);

  expect(() => iam.authorizeCall(accessKeyId, prefix, action, input)).toThrow(
    expect.objectContaining({
      code: 'AccessDeniedException',
      status,
      message: expect.stringMatching(
        new RegExp(`${prefix}:${action} on resource: ${resource} because no identity-based policy allows`),
      ),
    }),
  );
});

test('an explicit deny says so', () => {
  const iam = iamWith([send, { ...send, Effect: 'Deny' }]);
  const { accessKeyId } = assume(iam);

  expect(() => iam.authorizeCall(accessKeyId, 'sqs', 'SendMessage', { QueueUrl })).toThrow(
    `on resource: ${QUEUE_ARN} with an explicit deny in an identity-based policy`,
  );
});

test('a call with any other key is of the person at this machine, who may do everything', () => {
  const iam = iamWith();

  for (const key of [undefined, 'test', 'AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE'])
    expect(() => iam.authorizeCall(key, 'sqs', 'PurgeQueue', { QueueUrl })).not.toThrow();
});

test('a key of a role of an earlier run is not taken for one of a person', () => {
  const key = assume(iamWith([send])).accessKeyId;

  expect(() => iamWith([send]).authorizeCall(key, 'sqs', 'SendMessage', { QueueUrl })).toThrow(
    expect.objectContaining({ code: 'UnrecognizedClientException' }),
  );
});

test('a role is assumed only by whom it trusts, under the conditions that it sets', () => {
  const iam = iamWith();
  const message = 'its trust policy does not let';

  expect(() =>
    iam.assume(ROLE_ARN, 'lambda.amazonaws.com', 'fn', { 'aws:sourceaccount': '000000000000' }),
  ).toThrow(message);
  expect(() => iam.assume(ROLE_ARN, 'states.amazonaws.com', 'fn', { 'aws:sourceaccount': '1' })).toThrow(
    message,
  );
  expect(() => iam.assume(`${ROLE_ARN}2`, 'states.amazonaws.com', 'fn')).toThrow('there is no role');
});

test('what was decided is kept, counted and bounded', () => {
  const iam = iamWith([send]);
  const role = assume(iam);
  for (let i = 0; i < 3; i += 1) role.may('sqs:SendMessage', QUEUE_ARN);

  expect(iam.record.list()).toMatchObject([
    { roleName: 'worker', count: 3, request: { action: 'sqs:SendMessage' }, decision: { allowed: true } },
  ]);

  for (let i = 0; i < 2_000; i += 1) role.may('sqs:SendMessage', `${QUEUE_ARN}${i}`);
  expect(iam.record.list()).toHaveLength(1_000);
});

test('what a session has asked before is decided anew when other policies apply', () => {
  const iam = iamWith([send]);
  const role = assume(iam);
  const before = [role.may('sqs:SendMessage', QUEUE_ARN), role.may('sqs:SendMessage', QUEUE_ARN)];
  iam.load([]);

  expect([...before, role.may('sqs:SendMessage', QUEUE_ARN)]).toEqual([true, true, false]);
  expect(iam.record.list()).toMatchObject([{ count: 2 }, { count: 1 }]);
});

describe('the resource policy of a function', () => {
  const permission = (properties: object) => ({
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Trigger', 'Arn'] },
        Principal: 'cognito-idp.amazonaws.com',
        SourceArn: POOL_ARN,
        SourceAccount: { Ref: 'AWS::AccountId' },
        ...properties,
      },
    },
  });
  const invocation = {
    principal: 'cognito-idp.amazonaws.com',
    functionArn: FUNCTION_ARN,
    sourceArn: POOL_ARN,
    sourceAccount: '000000000000',
  };

  test.each<[string, boolean, object]>([
    ['as it should be', true, {}],
    ['by the name of the function', true, { FunctionName: { Ref: 'Trigger' } }],
    ['without a source', true, { SourceArn: undefined, SourceAccount: undefined }],
    ['for another function', false, { FunctionName: 'other' }],
    ['for another service', false, { Principal: 's3.amazonaws.com' }],
    ['for another action', false, { Action: 'lambda:GetFunction' }],
    ['for another user pool', false, { SourceArn: `${POOL_ARN}2` }],
    ['for another account', false, { SourceAccount: '111111111111' }],
  ])('%s: %s', (_, allowed, properties) => {
    expect(iamWith([], JSON.parse(JSON.stringify(permission(properties)))).mayInvoke(invocation)).toBe(
      allowed,
    );
  });

  test('stays if a role of the next template cannot be evaluated', () => {
    const iam = iamWith([], permission({}));
    assume(iam);
    const Properties = { RoleName: 'worker', Surprise: true };
    const template = { Resources: { Worker: { Type: 'AWS::IAM::Role', Properties } } };

    expect(() => iam.load([{ template, values: resolverOf(template) }])).toThrow();

    expect(iam.mayInvoke(invocation)).toBe(true);
    expect(() => assume(iam)).not.toThrow();
  });

  test('for an organization lets no service in', () => {
    expect(iamWith([], permission({ PrincipalOrgID: 'o-1' })).mayInvoke(invocation)).toBe(false);
  });
});

test('a statement stays used after its request has left the record', () => {
  const list = { Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' };
  const get = { Effect: 'Allow', Action: 'sqs:GetQueueUrl', Resource: '*' };
  const iam = iamWith([send, get, get, list]);
  const session = assume(iam);
  iam.assertAllowed(session, 'sqs:SendMessage', QUEUE_ARN);
  iam.assertAllowed(session, 'sqs:GetQueueUrl', QUEUE_ARN);

  for (let i = 0; i < 1_010; i += 1) iam.assertAllowed(session, 'sqs:ListQueues', `queue-${i}`);

  expect(iam.record.list()).toHaveLength(1_000);
  expect(iam.record.added).toBe(1_012);
  // Each of the two that are the same can be left out.
  expect(iam.unused()).toEqual([
    expect.stringContaining('statement 2: Allow Action sqs:GetQueueUrl'),
    expect.stringContaining('statement 3: Allow Action sqs:GetQueueUrl'),
  ]);
});
