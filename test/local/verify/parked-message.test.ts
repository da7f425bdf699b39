import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { createClients } from '../../../local/verify/shared/clients';
import type { Verification } from '../../../local/verify/shared/verification';
import { emptyQueue } from '../../../local/verify/user/parked-message';

const logs = mockClient(CloudWatchLogsClient);
const dynamodb = mockClient(DynamoDBClient);

const user = { sub: 'sub-1', username: 'sub-1', attributes: { sub: 'sub-1' }, since: 0, confirmed: true };
const record = { PK: { S: 'USER#sub-1' } };
const WAITING = { ...record, eventPending: { BOOL: true } };

const linesOf = (...lines: object[]) => ({
  events: lines.map((message) => ({ message: JSON.stringify({ message }) })),
});

beforeEach(() => {
  dynamodb.reset();
  logs.reset();
  logs.on(FilterLogEventsCommand).resolves(linesOf());
  logs
    .on(FilterLogEventsCommand, { logGroupName: 'trigger' })
    .resolves(linesOf({ event: 'UserParked', by: 'trigger' }));
  // The retry function is done with the message at the second look.
  logs
    .on(FilterLogEventsCommand, { logGroupName: 'retry' })
    .resolvesOnce(linesOf())
    .resolves(linesOf({ event: 'UserAlreadyOnboarded' }));
});

test.each([
  ['without a record', undefined, 'shop', [record]],
  ['with a record', record, 'shop', []],
  ['with a record that waits for its event', WAITING, 'shop', [record]],
  ['with an attribute of that name, and no event', WAITING, undefined, []],
])('a user %s is taken for onboarded by the next retry', async (_, Item, EventBusName, put) => {
  dynamodb.on(GetItemCommand).resolves({ Item });
  const verification = {
    clients: createClients({ region: 'us-east-1' }),
    outputs: {
      EventBusName,
      TableName: 'users',
      RecordKey: { PK: 'USER#<sub>' },
      TriggerLogGroupName: 'trigger',
      RetryLogGroupName: 'retry',
    },
  } as unknown as Verification;

  await emptyQueue(verification, user);

  const items = dynamodb.commandCalls(PutItemCommand).map(({ args: [{ input }] }) => input);
  expect(items).toEqual(put.map((marker) => ({ TableName: 'users', Item: marker })));
});
