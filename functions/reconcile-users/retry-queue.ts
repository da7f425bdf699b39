import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClientConfig } from '../aws-client/config';
import { requiredEnvironmentVariable } from '../onboarding/environment';

/**
 * How many messages may wait in the retry queue before nobody is added. In an outage, each reconciliation
 * would otherwise queue the same users again, up to SQS's limit of 120,000 messages in flight.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
export const MAX_WAITING_MESSAGES = 10_000;

const WAITING = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

const sqs = new SQSClient(awsClientConfig(3_000));

/** Whether more messages wait in the queue named by `RETRY_QUEUE_URL`, or are being retried, than may. */
export async function isRetryQueueFull(): Promise<boolean> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: requiredEnvironmentVariable('RETRY_QUEUE_URL'),
      AttributeNames: [...WAITING],
    }),
  );
  const waiting = WAITING.reduce((sum, name) => sum + Number(Attributes[name]), 0);
  return waiting > MAX_WAITING_MESSAGES;
}
