import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Verification } from '../shared/verification';
import { hasRecord, type OwnUser } from './own-user';

/** In ms. The first three retries are in this time, so that the message can be received three times. */
const TIME_LIMIT = 5 * 60_000;

/** As long as the retry function waits, in s: whoever asks again more often comes last each time. */
const WAIT_TIME = 20;

/** The retry function receives as well. With more receivers than it has, the message soon comes here. */
const RECEIVERS = 5;

/**
 * Deletes the message of a parked user from the retry queue, unless a retry onboards the user meanwhile.
 *
 * @throws Error if the message did not come.
 */
export async function takeOutOfQueue(verification: Verification, user: OwnUser): Promise<void> {
  const deadline = Date.now() + TIME_LIMIT;
  while (Date.now() < deadline) {
    const taken = await Promise.all(Array.from({ length: RECEIVERS }, () => receive(verification, user)));
    if (taken.includes(true) || (await hasRecord(verification, user))) return;
  }
  throw new Error(`a message of ${user.sub} waits in ${verification.outputs.RetryQueueUrl}: delete it there`);
}

/** @returns whether the message came. Messages of others are given back at once. */
async function receive({ clients: { sqs }, outputs }: Verification, { sub }: OwnUser): Promise<boolean> {
  const QueueUrl = outputs.RetryQueueUrl;
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: WAIT_TIME }),
  );
  for (const { ReceiptHandle, Body = '' } of Messages) {
    const isOwn = Body.includes(sub);
    if (isOwn) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    else
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    if (isOwn) return true;
  }
  return false;
}
