import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/put-user-record/handler';
import { EXECUTION_ARN, SUB, taskInput } from '../../support/builders';

const dynamodb = mockClient(DynamoDBDocumentClient);

let info: jest.SpyInstance;

beforeEach(() => {
  info = jest.spyOn(console, 'info').mockImplementation();
  dynamodb.reset();
  process.env.TABLE_NAME = 'users-table';
  jest.useFakeTimers({ now: new Date('2026-11-23T10:00:00Z') });
});

afterEach(() => jest.useRealTimers());

test('puts the record, unless there is one', async () => {
  dynamodb.on(PutCommand).resolves({});

  const result = await handler(taskInput({ address: '{"address_type":"home","locality":"London"}' }));

  expect(result).toEqual({ created: true });
  expect(dynamodb.commandCalls(PutCommand).map((call) => call.args[0].input)).toEqual([
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

test('uses the key names and initial attributes of the application', async () => {
  dynamodb.on(PutCommand).resolves({});
  const { SORT_KEY, KEY_PREFIX, ...environment } = process.env;
  jest.replaceProperty(process, 'env', {
    ...environment,
    PARTITION_KEY: 'id',
    INITIAL_ATTRIBUTES: '{"plan":"free","visits":0}',
  });

  await handler(taskInput());

  const [call] = dynamodb.commandCalls(PutCommand);
  expect(call?.args[0].input).toMatchObject({
    Item: { id: SUB, username: SUB, plan: 'free', visits: 0 },
    ExpressionAttributeNames: { '#key': 'id' },
  });
  expect(call?.args[0].input.Item).not.toHaveProperty('SK');
});

test('treats an existing record as success', async () => {
  const error = new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
  });
  dynamodb.on(PutCommand).rejects(error);

  await expect(handler(taskInput())).resolves.toEqual({ created: false });
});

test('says in the log that the record was there already', async () => {
  dynamodb
    .on(PutCommand)
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

  expect(dynamodb.commandCalls(PutCommand)).toEqual([]);
});

test("lets DynamoDB's error through under its own name, for the state machine to match", async () => {
  dynamodb.on(PutCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

  await expect(handler(taskInput())).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('logs the sub and the execution, but no other data of the user', async () => {
  dynamodb.on(PutCommand).resolves({});

  await handler(taskInput({ username: 'ada@example.com', address: '12 St James Square' }));

  expect(info.mock.calls).toEqual([[{ event: 'UserRecordCreated', sub: SUB, executionArn: EXECUTION_ARN }]]);
});

test('names the environment variable that is missing', async () => {
  delete process.env.TABLE_NAME;

  await expect(handler(taskInput())).rejects.toThrow('environment variable TABLE_NAME is not set');
});
