import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClientConfig } from '../aws-client/config';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { retryMessage } from '../onboarding/retry-message';

const sqs = new SQSClient(awsClientConfig(600));

/**
 * Puts the user into the retry queue named by `RETRY_QUEUE_URL`.
 *
 * @param options `timeLimit`: how long to try, in ms. `delay`: how long the user waits there at least, in s.
 * @throws SQS's own errors, or an `AbortError` after the time limit.
 */
export async function parkUser(
  user: ConfirmedUser,
  { timeLimit, delay }: { readonly timeLimit: number; readonly delay: number },
): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: requiredEnvironmentVariable('RETRY_QUEUE_URL'),
      MessageBody: retryMessage(user),
      ...(delay > 0 && { DelaySeconds: delay }),
    }),
    { abortSignal: AbortSignal.timeout(Math.max(0, timeLimit)) },
  );
}
