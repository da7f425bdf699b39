import { DEFAULT_ENVIRONMENT } from '../../../local/aws/environment';
import { Cognito } from '../../../local/cognito/cognito';
import { neededAccess } from '../../../local/iam/api-requests';

const POOL = { UserPoolId: 'us-east-1_AbCdEfGhI' };
const POOL_ARN = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEfGhI';
const TABLE_ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:retry';
const QUEUE = { QueueUrl: 'http://127.0.0.1:4566/000000000000/retry' };
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Onboarding';
const BUS_ARN = 'arn:aws:events:us-east-1:000000000000:event-bus/shop';
const TableName = 'users';
const item = (key: string) => ({ PK: { S: key }, SK: { S: 'x' } });

const access = (call: string, input: object) => {
  const [prefix = '', action = ''] = call.split(':');
  return neededAccess(
    prefix,
    action,
    { ...input },
    (table) => (table === 'users' ? 'PK' : undefined),
    DEFAULT_ENVIRONMENT,
  );
};

test.each<[string, object, string, string]>([
  ['cognito-idp:AdminAddUserToGroup', POOL, 'cognito-idp:AdminAddUserToGroup', POOL_ARN],
  ['cognito-idp:ListUsers', POOL, 'cognito-idp:ListUsers', POOL_ARN],
  ['cognito-idp:ListUserPools', {}, 'cognito-idp:ListUserPools', '*'],
  ['sqs:SendMessage', QUEUE, 'sqs:SendMessage', QUEUE_ARN],
  ['sqs:SendMessageBatch', QUEUE, 'sqs:SendMessage', QUEUE_ARN],
  ['sqs:GetQueueUrl', { QueueName: 'retry' }, 'sqs:GetQueueUrl', QUEUE_ARN],
  ['sqs:ListQueues', {}, 'sqs:ListQueues', '*'],
  ['states:StartSyncExecution', { stateMachineArn: MACHINE }, 'states:StartSyncExecution', MACHINE],
  ['states:DescribeExecution', { executionArn: `${MACHINE}:1` }, 'states:DescribeExecution', `${MACHINE}:1`],
  ['lambda:InvokeFunction', { FunctionArn: 'arn:fn' }, 'lambda:InvokeFunction', 'arn:fn'],
  ['events:PutEvents', { Entries: [{ EventBusName: 'shop' }] }, 'events:PutEvents', BUS_ARN],
  [
    'events:PutEvents',
    { Entries: [{ EventBusName: BUS_ARN }, { EventBusName: 'shop' }] },
    'events:PutEvents',
    BUS_ARN,
  ],
  ['events:PutEvents', { Entries: [{}] }, 'events:PutEvents', BUS_ARN.replace('shop', 'default')],
  ['dynamodb:DescribeTable', { TableName }, 'dynamodb:DescribeTable', TABLE_ARN],
  ['dynamodb:DescribeTable', { TableName: TABLE_ARN }, 'dynamodb:DescribeTable', TABLE_ARN],
  ['dynamodb:ListTables', {}, 'dynamodb:ListTables', '*'],
  ['dynamodb:Scan', { TableName }, 'dynamodb:Scan', TABLE_ARN],
])('%s with %j needs %s on %s', (call, input, action, resource) => {
  expect(access(call, input)).toEqual([{ action, resource }]);
});

test.each<[string, object, string[]]>([
  ['GetItem', { Key: item('a') }, ['a']],
  ['PutItem', { Item: item('a') }, ['a']],
  ['PutItem', { Item: {} }, []],
  ['GetItem', { Key: item('a'), Item: item('b') }, ['a']],
  ['DeleteItem', { Key: item('a'), Item: item('b') }, ['a']],
  ['UpdateItem', { Key: item('a'), Item: item('b') }, ['a']],
  ['PutItem', { Item: item('a'), Key: item('b') }, ['a']],
  ['Query', { KeyConditionExpression: 'PK = :pk', ExpressionAttributeValues: { ':pk': { S: 'a' } } }, ['a']],
  [
    'Query',
    {
      KeyConditionExpression: '(SK = :sk) and (#p=:pk)',
      ExpressionAttributeNames: { '#p': 'PK' },
      ExpressionAttributeValues: { ':pk': { N: '5' }, ':sk': { S: 'b' } },
    },
    ['5'],
  ],
])('dynamodb:%s with %j asks for the partition keys %j', (action, input, leadingKeys) => {
  expect(access(`dynamodb:${action}`, { TableName, ...input })).toEqual([
    { action: `dynamodb:${action}`, resource: TABLE_ARN, context: { 'dynamodb:leadingkeys': leadingKeys } },
  ]);
});

test.each([
  ['BatchGetItem', { Keys: [item('a'), item('b')] }],
  ['BatchWriteItem', [{ PutRequest: { Item: item('a') } }, { DeleteRequest: { Key: item('b') } }]],
])('dynamodb:%s asks for each of its tables', (action, items) => {
  expect(access(`dynamodb:${action}`, { RequestItems: { users: items, others: items } })).toEqual([
    { action: `dynamodb:${action}`, resource: TABLE_ARN, context: { 'dynamodb:leadingkeys': ['a', 'b'] } },
    { action: `dynamodb:${action}`, resource: TABLE_ARN.replace('users', 'others') },
  ]);
});

test('dynamodb:BatchWriteItem asks for every key, however a request mixes them', () => {
  const mixed = [{ PutRequest: { Item: item('a') }, DeleteRequest: { Key: item('b') } }];

  expect(access('dynamodb:BatchWriteItem', { RequestItems: { users: mixed } })).toMatchObject([
    { context: { 'dynamodb:leadingkeys': ['a', 'b'] } },
  ]);
});

describe.each([
  ['has more than one datatypes set', { S: 'a', N: '5' }],
  ['is empty', {}],
])('a partition key that %s is refused', (problem, PK) => {
  test.each<[string, object]>([
    ['GetItem', { Key: { PK } }],
    ['PutItem', { Item: { PK } }],
    ['UpdateItem', { Key: { PK } }],
    ['DeleteItem', { Key: { PK } }],
    ['Query', { KeyConditionExpression: 'PK = :pk', ExpressionAttributeValues: { ':pk': PK } }],
    ['BatchGetItem', { RequestItems: { users: { Keys: [{ PK }] } } }],
    ['BatchWriteItem', { RequestItems: { users: [{ PutRequest: { Item: { PK } } }] } }],
    ['BatchWriteItem', { RequestItems: { users: [{ DeleteRequest: { Key: { PK } } }] } }],
  ])('by %s', (action, input) => {
    expect(() => access(`dynamodb:${action}`, { TableName, ...input })).toThrow(
      expect.objectContaining({ code: 'ValidationException', message: expect.stringContaining(problem) }),
    );
  });
});

test('the name of another queue beside the URL says nothing', () => {
  const queue = { ...QUEUE, QueueName: 'dead' };

  expect(access('sqs:SendMessage', queue)).toEqual([{ action: 'sqs:SendMessage', resource: QUEUE_ARN }]);
});

test.each([
  'http://127.0.0.1:4566/000000000000/dead?/retry',
  'http://127.0.0.1:4566/000000000000/dead#/retry',
  'http://127.0.0.1:4566/000000000000/dead/retry',
  'http://127.0.0.1:4566/retry',
  'retry',
])('a queue URL "%s", which means a queue to nobody, is refused', (QueueUrl) => {
  expect(() => access('sqs:SendMessage', { QueueUrl })).toThrow(
    expect.objectContaining({ code: 'InvalidAddress', message: expect.stringContaining(QueueUrl) }),
  );
});

test.each([
  ['sqs:StartMessageMoveTask', { SourceArn: QUEUE_ARN }],
  ['cognito-idp:AdminGetUser', {}],
  ['dynamodb:TransactWriteItems', {}],
  ['dynamodb:Query', { TableName, IndexName: 'byName' }],
  ['states:TestState', {}],
  ['s3:GetObject', {}],
  ['constructor:call', {}],
])('%s, whose resources it does not know, is refused', (call, input) => {
  expect(() => access(call, input)).toThrow(
    `does not know which permissions ${call} needs, so no role may call it`,
  );
});

test.each([
  ['SK = :sk', { ':sk': { S: 'b' } }],
  ['PK > :pk', { ':pk': { S: 'a' } }],
  ['PK = :missing', {}],
  ['PK = :pk OR PK = :other', { ':pk': { S: 'a' }, ':other': { S: 'b' } }],
])('a query "%s", whose partition key cannot be told, is refused', (KeyConditionExpression, values) => {
  const query = { TableName, KeyConditionExpression, ExpressionAttributeValues: values };

  expect(() => access('dynamodb:Query', query)).toThrow('cannot find the partition key of the query');
});

test('users need no permission for what Cognito lets them do, and everything else is of a pool', async () => {
  const { actions } = await Cognito.start({
    invokeFunction: () => Promise.reject(new Error('no function')),
    isDeployed: () => false,
    issuerDomain: 'http://127.0.0.1',
  });
  const free = actions.filter((action) => access(`cognito-idp:${action}`, POOL).length === 0);

  expect(free).toContain('SignUp');
  expect(free.filter((action) => /^(Admin|List|Describe|Create|Update.*Pool)/.test(action))).toEqual([]);
});
