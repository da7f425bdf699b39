import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { createClients } from '../../../local/verify/shared/clients';
import type { Verification } from '../../../local/verify/shared/verification';
import { emptyQueue } from '../../../local/verify/user/parked-message';

const logs = mockClient(CloudWatchLogsClient);
const dynamodb = mockClient(DynamoDBClient);
const sqs = mockClient(SQSClient);

const verification = {
  clients: createClients({ region: 'us-east-1' }),
  outputs: {
    EventBusName: 'shop',
    RecordKey: { PK: 'USER#<sub>' },
    RetryQueueUrl: 'retry',
    TriggerLogGroupName: 'trigger',
    RetryLogGroupName: 'retry',
  },
} as unknown as Verification;

const user = { sub: 'sub-1', username: 'sub-1', attributes: { sub: 'sub-1' }, since: 0, confirmed: true };

test('a message that waits for an event is taken out, though there is a record, and others go back', async () => {
  const parked = JSON.stringify({ message: { event: 'UserParked', by: 'trigger' } });
  logs.on(FilterLogEventsCommand).resolves({ events: [] });
  logs.on(FilterLogEventsCommand, { logGroupName: 'trigger' }).resolves({ events: [{ message: parked }] });
  dynamodb.on(GetItemCommand).resolves({ Item: { PK: { S: 'USER#sub-1' } } });
  sqs.on(ReceiveMessageCommand).resolves({
    Messages: [
      { ReceiptHandle: 'other', Body: '{"sub":"sub-2"}' },
      { ReceiptHandle: 'own', Body: '{"sub":"sub-1"}' },
    ],
  });

  await emptyQueue(verification, user);

  const handles = (calls: ReturnType<typeof sqs.commandCalls>) => calls.map(({ args: [{ input }] }) => input);
  expect(handles(sqs.commandCalls(DeleteMessageCommand))).toEqual([
    { QueueUrl: 'retry', ReceiptHandle: 'own' },
  ]);
  expect(handles(sqs.commandCalls(ChangeMessageVisibilityCommand))).toEqual([
    { QueueUrl: 'retry', ReceiptHandle: 'other', VisibilityTimeout: 0 },
  ]);
});
