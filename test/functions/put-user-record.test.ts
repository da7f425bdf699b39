import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../functions/put-user-record';
import { EXECUTION_ARN, SUB, taskInput } from '../support/builders';

const dynamodb = mockClient(DynamoDBClient);

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

  const result = await handler(taskInput({ address: '{"address_type":"home","locality":"London"}' }));

  expect(result).toEqual({ created: true });
  expect(dynamodb.commandCalls(PutItemCommand).map((call) => call.args[0].input)).toEqual([
    {
      TableName: 'users-table',
      Item: {
        PK: { S: `USER#${SUB}` },
        SK: { S: `USER#${SUB}` },
        username: { S: SUB },
        addresses: { M: { home: { M: { locality: { S: 'London' } } } } },
        shopping_cart: { M: {} },
        date_created: { S: '2026-11-23T10:00:00.000Z' },
      },
      ConditionExpression: 'attribute_not_exists(PK)',
    },
  ]);
});

test('takes an existing record for success', async () => {
  const error = new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
  });
  dynamodb.on(PutItemCommand).rejects(error);

  await expect(handler(taskInput())).resolves.toEqual({ created: false });
});

test('says in the log when the record was there already', async () => {
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

  expect(dynamodb.commandCalls(PutItemCommand)).toEqual([]);
});

test("lets DynamoDB's error through under its own name, for the state machine to match", async () => {
  dynamodb.on(PutItemCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

  await expect(handler(taskInput())).rejects.toMatchObject({ name: 'ThrottlingException' });
});

test('logs the sub and the execution, and nothing else of the user', async () => {
  dynamodb.on(PutItemCommand).resolves({});

  await handler(taskInput({ username: 'ada@example.com', address: '12 St James Square' }));

  expect(info.mock.calls).toEqual([[{ event: 'UserRecordCreated', sub: SUB, executionArn: EXECUTION_ARN }]]);
});

test('names the environment variable that is missing', async () => {
  delete process.env.TABLE_NAME;

  await expect(handler(taskInput())).rejects.toThrow('environment variable TABLE_NAME is not set');
});
