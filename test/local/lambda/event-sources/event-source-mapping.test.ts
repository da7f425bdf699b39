import { AwsError } from '../../../../local/aws/api';
import { Faults } from '../../../../local/gateway/faults';
import { EventSourceMapping } from '../../../../local/lambda/event-sources/event-source-mapping';
import { Sqs } from '../../../../local/sqs/sqs';
import { eventually } from '../../../support/test-cloud';

test('says why it cannot poll, once for each new reason', async () => {
  const lines: string[] = [];
  let polls = 0;
  const mapping = new EventSourceMapping(
    { EventSourceArn: 'arn:queue', FunctionName: 'fn', ScalingConfig: { MaximumConcurrency: 2 } },
    {
      queueUrl: 'http://127.0.0.1:4566/000000000000/retry',
      sqs: async () => {
        polls += 1;
        throw new AwsError(polls <= 4 ? 'QueueDoesNotExist' : 'AccessDenied', 'no');
      },
      giveBack: async () => {},
      invokeFunction: async () => ({ payload: '{}', failed: false }),
      faults: new Faults([]),
      log: (line) => lines.push(line),
    },
  );

  mapping.start();
  await eventually(async () => polls >= 8);
  mapping.stop();

  expect(lines).toEqual([
    'event source mapping of arn:queue: QueueDoesNotExist: no',
    'event source mapping of arn:queue: AccessDenied: no',
  ]);
});

test('a message that a poll receives after the end is there for the next mapping', async () => {
  const sqs = await Sqs.start({ port: 4566, onChange: () => {} });
  await sqs.createQueue('jobs', { VisibilityTimeout: 600 });
  const QueueUrl = 'http://127.0.0.1:4566/000000000000/jobs';
  const receivers: (() => void)[] = [];
  const invokeFunction = jest.fn(async () => ({ payload: '{}', failed: false }));
  const mapping = new EventSourceMapping(
    { EventSourceArn: 'arn:queue', FunctionName: 'fn', ScalingConfig: { MaximumConcurrency: 2 } },
    {
      queueUrl: QueueUrl,
      sqs: async (action, input) => {
        await new Promise<void>((resolve) => receivers.push(resolve));
        return sqs.perform(action, { ...input, WaitTimeSeconds: 0 });
      },
      giveBack: (ReceiptHandle) =>
        sqs.perform('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      invokeFunction,
      faults: new Faults([]),
      log: () => {},
    },
  );
  await sqs.perform('SendMessage', { QueueUrl, MessageBody: 'a' });

  mapping.start();
  mapping.stop();
  for (const receive of receivers) receive();

  await eventually(async () => {
    const [message] = (await sqs.look('jobs')) ?? [];
    return message?.receiveCount === 1 && message.visibleAt === undefined;
  });
  expect(invokeFunction).not.toHaveBeenCalled();
  await sqs.close();
});
