import { AwsError } from '../../../local/aws/api';
import { MessageMoveTasks } from '../../../local/sqs/message-move-tasks';
import { Sqs } from '../../../local/sqs/sqs';
import { eventually } from '../../support/test-cloud';

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

const urlOf = (name: string) => `http://127.0.0.1:4566/000000000000/${name}`;

let sqs: Sqs;

beforeAll(async () => {
  sqs = await Sqs.start({ port: 4566, onChange: () => {} });
  await sqs.createQueue('dead', {});
  await sqs.createQueue('shared', {});
  for (const [name, dead] of [
    ['retry', 'dead'],
    ['first', 'shared'],
    ['second', 'shared'],
  ] as const) {
    await sqs.createQueue(name, { RedrivePolicy: { deadLetterTargetArn: arn(dead), maxReceiveCount: 1 } });
  }
});

afterAll(() => sqs.close());

test.each<[string, string, string | undefined, string, string]>([
  ['to itself', 'dead', 'dead', 'InvalidParameterValue', 'to itself'],
  ['from no dead-letter queue', 'retry', 'dead', 'InvalidParameterValue', 'not the dead-letter queue'],
  ['to one of several', 'shared', undefined, 'InvalidParameterValue', 'of several queues'],
  ['from nowhere', 'none', 'retry', 'ResourceNotFoundException', 'there is no queue'],
  ['to nowhere', 'dead', 'none', 'ResourceNotFoundException', 'there is no queue'],
])('messages cannot be moved %s', async (_, source, destination, code, message) => {
  const input = { SourceArn: arn(source), ...(destination && { DestinationArn: arn(destination) }) };

  await expect(sqs.perform('StartMessageMoveTask', input)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

test('a task that fails says why', async () => {
  const tasks = new MessageMoveTasks(async (action, input) => {
    if (action !== 'ReceiveMessage') return sqs.perform(action, input);
    throw new AwsError('AWS.SimpleQueueService.NonExistentQueue', 'gone');
  });
  const list = () => tasks.list({ SourceArn: arn('dead') });
  await sqs.perform('SendMessage', { QueueUrl: urlOf('dead'), MessageBody: 'a' });

  await tasks.start({ SourceArn: arn('dead') });
  await eventually(async () => (await list()).Results[0]?.Status !== 'RUNNING');

  expect(await list()).toMatchObject({
    Results: [{ Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' }],
  });
});

test('a message that comes back while the others are moved is not moved again', async () => {
  const tasks = new MessageMoveTasks(async (action, input) => {
    // A consumer gives the message up at once.
    if (action === 'SendMessage') return sqs.perform(action, { ...input, QueueUrl: urlOf('returning') });
    return sqs.perform(action, input);
  });
  await sqs.createQueue('returning', {});
  const RedrivePolicy = { deadLetterTargetArn: arn('returning'), maxReceiveCount: 1 };
  await sqs.createQueue('hasty', { RedrivePolicy });
  for (const MessageBody of ['a', 'b'])
    await sqs.perform('SendMessage', { QueueUrl: urlOf('returning'), MessageBody });
  const list = () => tasks.list({ SourceArn: arn('returning') });

  await tasks.start({ SourceArn: arn('returning') });
  await eventually(async () => (await list()).Results[0]?.Status === 'COMPLETED');

  expect(await list()).toMatchObject({
    Results: [{ ApproximateNumberOfMessagesToMove: 2, ApproximateNumberOfMessagesMoved: 2 }],
  });
});

test('there are no tasks of a queue that is not there', async () => {
  expect(await sqs.perform('ListMessageMoveTasks', { SourceArn: arn('retry') })).toEqual({ Results: [] });
  await expect(sqs.perform('ListMessageMoveTasks', { SourceArn: arn('none') })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});

test('a message of a FIFO queue keeps its group and its attributes', async () => {
  const RedrivePolicy = { deadLetterTargetArn: arn('dead.fifo'), maxReceiveCount: 1 };
  await sqs.createQueue('dead.fifo', { FifoQueue: true });
  await sqs.createQueue('jobs.fifo', { FifoQueue: true, RedrivePolicy });
  const QueueUrl = urlOf('jobs.fifo');
  const message = { MessageBody: 'a', MessageGroupId: 'ada', MessageDeduplicationId: '1' };
  const MessageAttributes = { from: { DataType: 'String', StringValue: 'ada' } };
  const receive = () =>
    sqs.perform<{ Messages?: unknown[] }>('ReceiveMessage', {
      QueueUrl,
      VisibilityTimeout: 0,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
  await sqs.perform('SendMessage', { QueueUrl, ...message, MessageAttributes });
  await receive();
  expect(await receive()).toEqual({});

  await sqs.perform('StartMessageMoveTask', { SourceArn: arn('dead.fifo') });
  let received: unknown[] = [];
  await eventually(async () => {
    received = (await receive()).Messages ?? [];
    return received.length > 0;
  });

  expect(received).toMatchObject([
    { Body: 'a', MessageAttributes, Attributes: { MessageGroupId: 'ada', ApproximateReceiveCount: '1' } },
  ]);
});
