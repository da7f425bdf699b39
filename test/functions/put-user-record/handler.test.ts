import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/put-user-record/handler';
import { EXECUTION_ARN, SUB, taskInput } from '../../support/builders';

const dynamodb = mockClient(DynamoDBClient);

/** What was put, with the item as an object. */
const puts = () =>
  dynamodb.commandCalls(PutItemCommand).map(({ args: [{ input }] }) => ({
    ...input,
    Item: unmarshall(input.Item ?? {}),
  }));

let info: jest.SpyInstance;

beforeEach(() => {
  info = jest.spyOn(console, 'info').mockImplementation();
  dynamodb.reset();
  process.env.TABLE_NAME = 'users-table';
  jest.useFakeTimers({ now: new Date('2026-11-23T10:00:00Z') });
});

afterEach(() => jest.useRealTimers());

test('puts the record, unless there is one', async () => {
  dynamodb.on(PutItemCommand).resolves({});

  const result = await handler(
    taskInput({ attributes: { address: '{"address_type":"home","locality":"London"}' } }),
  );

  expect(result).toEqual({ created: true });
  expect(puts()).toEqual([
    {
      TableName: 'users-table',
      Item: {
        PK: `USER#${SUB}`,
        SK: `USER#${SUB}`,
        username: SUB,
        addresses: { home: { address_type: 'home', locality: 'London' } },
        shopping_cart: {},
        date_created: '2026-11-23T10:00:00.000Z',
      },
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': 'PK' },
    },
  ]);
});

test('puts the record that the application describes', async () => {
  dynamodb.on(PutItemCommand).resolves({});
  jest.replaceProperty(process, 'env', {
    ...process.env,
    RECORD_KEY: '{"id":"<sub>"}',
    RECORD_ATTRIBUTES:
      '{"plan":"free","visits":0,"memberOf":"<group>","name":"<given_name> <family_name>","email":"<email>",' +
      '"tenant":{"id":"<CreateTenant.id>","seats":"<CreateTenant.seats>"}}',
  });

  await handler({
    ...taskInput({ attributes: { email: 'ada@example.com', given_name: 'Ada', family_name: null } }),
    group: 'customers',
    steps: { CreateTenant: { id: 't-1', seats: 5 } },
  });

  const [put] = puts();
  expect(put).toMatchObject({ ExpressionAttributeNames: { '#key': 'id' } });
  expect(put?.Item).toEqual({
    id: SUB,
    plan: 'free',
    visits: 0,
    memberOf: 'customers',
    email: 'ada@example.com',
    tenant: { id: 't-1', seats: 5 },
  });
});

test('refuses a user who lacks an attribute of the key, and says which', async () => {
  jest.replaceProperty(process, 'env', {
    ...process.env,
    RECORD_KEY: '{"PK":"<custom:tenant>","SK":"<sub>"}',
  });

  await expect(
    handler(taskInput({ attributes: { address: null, 'custom:tenant': null } })),
  ).rejects.toMatchObject({
    name: 'InvalidInputError',
    message: "the user has no custom:tenant, which the record's key PK is made of",
  });
});

test('writes no record without an attribute of which nothing is known', async () => {
  dynamodb.on(PutItemCommand).resolves({});
  jest.replaceProperty(process, 'env', { ...process.env, RECORD_ATTRIBUTES: '{"email":"<email>"}' });

  await expect(handler(taskInput())).rejects.toMatchObject({ name: 'AttributeUnknownError' });

  expect(puts()).toEqual([]);
});

test.each<[string, unknown]>([
  ['too long', 'x'.repeat(1025)],
  ['empty', ''],
  ['of another type', 5],
])('leaves a value out that is %s for the key of an index, and says so', async (_, value) => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  dynamodb.on(PutItemCommand).resolves({});
  jest.replaceProperty(process, 'env', {
    ...process.env,
    RECORD_ATTRIBUTES: '{"GSI1PK":"EMAIL#<email>","GSI1SK":"<Step.value>","value":"<Step.value>"}',
    INDEX_KEYS: '{"GSI1PK":{"type":"S","maxBytes":2048},"GSI1SK":{"type":"S","maxBytes":1024}}',
  });

  const input = taskInput({ attributes: { email: 'ada@example.com' } });
  await handler({ ...input, steps: { Step: { value } } });

  const [put] = puts();
  expect(put?.Item).toEqual({ PK: `USER#${SUB}`, SK: `USER#${SUB}`, GSI1PK: 'EMAIL#ada@example.com', value });
  expect(warn.mock.calls).toEqual([
    [{ event: 'IndexKeysLeftOut', attributes: ['GSI1SK'], sub: SUB, executionArn: EXECUTION_ARN }],
  ]);
});

describe('with an event after the record', () => {
  beforeEach(() => {
    jest.replaceProperty(process, 'env', { ...process.env, EVENT_PENDING_ATTRIBUTE: 'eventPending' });
  });

  const key = { PK: { S: `USER#${SUB}` }, SK: { S: `USER#${SUB}` } };

  test('marks a new record, and returns its key in the form of the API', async () => {
    dynamodb.on(PutItemCommand).resolves({});

    await expect(handler(taskInput())).resolves.toEqual({ created: true, key });

    const [put] = puts();
    expect(put?.Item).toMatchObject({ PK: `USER#${SUB}`, username: SUB, eventPending: true });
  });

  test('returns the key of a record that is there already, too', async () => {
    dynamodb
      .on(PutItemCommand)
      .rejects(
        new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} }),
      );

    await expect(handler(taskInput())).resolves.toEqual({ created: false, key });
  });
});

test('treats an existing record as success', async () => {
  const error = new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
  });
  dynamodb.on(PutItemCommand).rejects(error);

  await expect(handler(taskInput())).resolves.toEqual({ created: false });
});

test('says in the log that the record was there already', async () => {
  dynamodb
    .on(PutItemCommand)
    .rejects(
      new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} }),
    );

  await handler(taskInput());

  expect(info.mock.calls).toEqual([
    [{ event: 'UserRecordAlreadyPresent', sub: SUB, executionArn: EXECUTION_ARN }],
  ]);
});

test('refuses a payload without a confirmed user, and writes nothing', async () => {
  const payload = { confirmedUser: { sub: 'a b' } as never, executionArn: EXECUTION_ARN };

  await expect(handler(payload)).rejects.toThrow(
    /not a confirmed user: userPoolId must be .*; username must be .*; sub must be .*a string of 3 characters/,
  );

  expect(puts()).toEqual([]);
});

test("lets DynamoDB's error through under its own name, for the state machine to match", async () => {
  dynamodb.on(PutItemCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

  await expect(handler(taskInput())).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('logs the sub and the execution, but no other data of the user', async () => {
  dynamodb.on(PutItemCommand).resolves({});

  await handler(taskInput({ username: 'ada@example.com', attributes: { address: '12 St James Square' } }));

  expect(info.mock.calls).toEqual([[{ event: 'UserRecordCreated', sub: SUB, executionArn: EXECUTION_ARN }]]);
});

test('names the environment variable that is missing', async () => {
  delete process.env.TABLE_NAME;

  await expect(handler(taskInput())).rejects.toThrow('environment variable TABLE_NAME is not set');
});
