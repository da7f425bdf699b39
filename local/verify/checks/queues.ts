import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { unlessMissing } from '../shared/in-words';
import { type Check, CheckError, type Verification } from '../shared/verification';

/** The retry queue exists, and sends its dead messages to the dead-letter queue, which exists too. */
export const queues: Check = {
  name: 'the retry queue and the dead-letter queue',
  run: async (verification) => {
    const { RetryQueueUrl, DeadLetterQueueUrl, DeadLetterQueueArn } = verification.outputs;
    const retry = await attributesOf(verification, 'retry queue', RetryQueueUrl);
    const dead = await attributesOf(verification, 'dead-letter queue', DeadLetterQueueUrl);
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(retry.RedrivePolicy ?? '{}');
    if (deadLetterTargetArn !== DeadLetterQueueArn)
      throw new CheckError(
        `the retry queue sends dead messages to ${deadLetterTargetArn ?? 'nowhere'}, not to ${DeadLetterQueueArn}`,
      );
    const { ApproximateNumberOfMessages: waiting } = retry;
    return `${maxReceiveCount} attempts; ${waiting} waiting, ${dead.ApproximateNumberOfMessages} dead`;
  },
};

async function attributesOf({ clients: { sqs } }: Verification, what: string, QueueUrl: string) {
  const get = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { Attributes } = (await unlessMissing(sqs.send(get))) ?? {};
  if (!Attributes) throw new CheckError(`there is no ${what} ${QueueUrl}: a parked user would be lost`);
  return Attributes;
}
