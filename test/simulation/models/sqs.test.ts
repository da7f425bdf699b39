import { Clock } from '../../../simulation/clock/clock';
import { Random } from '../../../simulation/clock/random';
import { Faults } from '../../../simulation/models/faults';
import { Queue } from '../../../simulation/models/queue';
import { sqsActions } from '../../../simulation/models/sqs';

const IGNORED = { sent() {}, received() {}, moved() {}, deleted() {}, expired() {} };

test.each([
  [29, 'is hidden for longer'],
  [31, 'is no longer in flight'],
])('after %d s of a visibility time-out of 30 s, a message %s', async (seconds, _) => {
  const clock = new Clock(0);
  const faults = new Faults([], clock, new Random(1));
  const properties = { VisibilityTimeout: 30 };
  const resource = { logicalId: 'Queue', type: 'AWS::SQS::Queue', ref: 'url', arn: 'arn', properties };
  const queue = new Queue(resource, clock, new Random(2), faults, IGNORED, () => queue);
  queue.send('body');
  const [message] = queue.receive(1);
  await clock.runUntil(seconds * 1000);

  const change = () =>
    sqsActions([queue], faults).ChangeMessageVisibility?.({
      QueueUrl: 'url',
      ReceiptHandle: message?.receiptHandle,
      VisibilityTimeout: 60,
    });

  if (seconds < 30) expect(change()).toEqual({});
  else expect(change).toThrow('The message is not in flight.');
  expect(queue.hasVisible).toBe(seconds > 30);
});
