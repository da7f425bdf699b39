import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { awsClientConfig } from '../aws-client/config';
import { describeError } from '../aws-client/describe-error';
import { atLeast } from '../onboarding/at-least';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { millisecondsPerUser } from '../onboarding/pace';
import { InvalidInputError } from '../onboarding/parse';
import { parseRetryMessage, type RetryMessage } from '../onboarding/retry-message';
import { startOnboarding } from '../onboarding/start-onboarding';
import { completedUser } from './completed-user';
import { hasRecord } from './has-record';
import { retryDelay } from './retry-delay';

const sqs = new SQSClient(awsClientConfig(1_000));

/**
 * Onboards the users who wait in the retry queue, one after the other.
 *
 * A user who has a record meanwhile, and no event to wait for, is done. A user who cannot be onboarded goes
 * back to the queue, for longer each time. A message that is not a confirmed user goes to the dead-letter queue
 * at once. What a message does not know of its user is read from Cognito. `EXECUTION_TIME` is how long to wait
 * for one user's execution, in ms.
 *
 * @returns the messages that stay in the queue.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures = [];
  for (const record of Records) {
    const done = await retry(record);
    if (!done) batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
}

async function retry(record: SQSRecord): Promise<boolean> {
  const message = readMessage(record);
  if (!message) return sendToDeadLetterQueue(record);
  if (await isOnboarded(message)) return true;
  if (await atLeast(millisecondsPerUser(), completeAndOnboard(message, record))) return true;
  await delayNextRetry(record);
  return false;
}

function readMessage({ body, messageId }: SQSRecord): RetryMessage | undefined {
  try {
    const message = parseRetryMessage(body);
    assertOwnPool(message.user);
    return message;
  } catch (error) {
    console.error({ event: 'MessageRefused', messageId, ...describeError(error) });
    return undefined;
  }
}

/** Where no group is, nothing else would notice a user of another pool. */
function assertOwnPool({ userPoolId }: ConfirmedUser): void {
  const own = requiredEnvironmentVariable('USER_POOL_ID');
  if (userPoolId === own) return;
  throw new InvalidInputError(`not a user of the user pool ${own}: the message names ${userPoolId}`);
}

/** The record comes last: who has one needs no execution, and no group add, unless somebody else wrote it. */
async function isOnboarded({ user, all }: RetryMessage): Promise<boolean> {
  if (all || !(await hasRecord(user))) return false;
  console.info({ event: 'UserAlreadyOnboarded', sub: user.sub });
  return true;
}

async function completeAndOnboard(message: RetryMessage, record: SQSRecord): Promise<boolean> {
  const user = await completedUser(message.user);
  return user !== undefined && onboard(user, record);
}

async function onboard(user: ConfirmedUser, record: SQSRecord): Promise<boolean> {
  const receiveCount = receiveCountOf(record);
  const name = `${user.sub}_${record.messageId}_${receiveCount}`;
  try {
    const timeLimit = Number(requiredEnvironmentVariable('EXECUTION_TIME'));
    const execution = await startOnboarding({ name, startedBy: 'retry', user, timeLimit });
    const { status, error, executionArn } = execution;
    const log = { sub: user.sub, executionArn, receiveCount };
    if (status === 'SUCCEEDED') {
      console.info({ event: 'UserOnboarded', ...log });
      return true;
    }
    console.warn({ event: 'RetryFailed', status, error, ...log });
  } catch (error) {
    console.warn({ event: 'ExecutionUnanswered', sub: user.sub, name, ...describeError(error) });
  }
  return false;
}

async function sendToDeadLetterQueue({ body, messageId }: SQSRecord): Promise<boolean> {
  try {
    const QueueUrl = requiredEnvironmentVariable('DEAD_LETTER_QUEUE_URL');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    return true;
  } catch (error) {
    console.error({ event: 'MessageNotMoved', messageId, ...describeError(error) });
    return false;
  }
}

async function delayNextRetry(record: SQSRecord): Promise<void> {
  try {
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: requiredEnvironmentVariable('RETRY_QUEUE_URL'),
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: retryDelay(receiveCountOf(record)),
      }),
    );
  } catch (error) {
    // The message then comes back after the queue's own visibility time-out.
    console.warn({ event: 'RetryNotDelayed', messageId: record.messageId, ...describeError(error) });
  }
}

function receiveCountOf({ attributes }: SQSRecord): number {
  return Number(attributes.ApproximateReceiveCount);
}
