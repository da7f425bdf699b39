import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClientConfig } from '../aws-client/config';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { retryMessage } from '../onboarding/retry-message';

const sqs = new SQSClient(awsClientConfig(600));

/**
 * Puts the user into the retry queue named by `RETRY_QUEUE_URL`.
 *
 * @param timeLimit how long to try, in ms.
 * @throws SQS's own errors, or an `AbortError` after the time limit.
 */
export async function parkUser(user: ConfirmedUser, timeLimit: number): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: requiredEnvironmentVariable('RETRY_QUEUE_URL'),
      MessageBody: retryMessage(user),
    }),
    { abortSignal: AbortSignal.timeout(Math.max(0, timeLimit)) },
  );
}
