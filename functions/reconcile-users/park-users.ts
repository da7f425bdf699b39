import { type BatchResultErrorEntry, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClientConfig } from '../aws-client/config';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { retryMessage } from '../onboarding/retry-message';

/** The most messages that SQS accepts in one batch. */
const BATCH_SIZE = 10;

const sqs = new SQSClient(awsClientConfig(3_000));

/**
 * Puts users into the retry queue named by `RETRY_QUEUE_URL`.
 *
 * @param all whether to onboard them even if they have a record.
 * @throws MessagesNotSentError if SQS refused some of them; the others are queued.
 */
export async function parkUsers(users: readonly ConfirmedUser[], all: boolean): Promise<void> {
  const bodies = users.map((user) => retryMessage(user, all));
  const refused: BatchResultErrorEntry[] = [];
  for (let start = 0; start < bodies.length; start += BATCH_SIZE) {
    refused.push(...(await sendBatch(bodies.slice(start, start + BATCH_SIZE))));
  }
  if (refused.length > 0) throw new MessagesNotSentError(refused);
}

async function sendBatch(bodies: readonly string[]): Promise<BatchResultErrorEntry[]> {
  const { Failed = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: requiredEnvironmentVariable('RETRY_QUEUE_URL'),
      Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  );
  return Failed;
}

/** Thrown when SQS accepted a batch but not all of its entries. */
export class MessagesNotSentError extends Error {
  override readonly name = 'MessagesNotSentError';

  constructor(refused: readonly BatchResultErrorEntry[]) {
    super(
      `SQS refused ${refused.length} messages: ${[...new Set(refused.map(({ Code }) => Code))].join(', ')}`,
    );
  }
}
