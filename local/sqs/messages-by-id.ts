import { AwsError, type Input } from '../aws/api';
import type { EmulatedMessages } from './queued-message';

/** A queue as the emulator shows it. */
export interface EmulatedQueue {
  readonly url: string;
  readonly messages: EmulatedMessages;
}

interface EmulatorCalls {
  /** Undefined if there is no such queue. */
  readonly inspect: (queueName: string) => Promise<EmulatedQueue | undefined>;
  readonly endDelay: (queueName: string, messageId: string) => Promise<void>;
  readonly emulate: (action: string, input: Input) => Promise<string>;
}

interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
}

/** In s: long enough to find one message among many. */
const SEARCH_TIME = 60;

/** What a person does with one message. SQS itself knows only receipt handles, which a person does not have. */
export class MessagesById {
  constructor(private readonly calls: EmulatorCalls) {}

  /**
   * Ends the delay or the visibility time-out of a message.
   *
   * @throws AwsError ResourceNotFoundException if there is no such message.
   */
  async makeVisible(queueName: string, messageId: string): Promise<void> {
    const { url: QueueUrl, messages } = await this.queueOf(queueName);
    const ReceiptHandle = handleOf(messages, messageId);
    if (ReceiptHandle !== undefined) {
      await this.calls.emulate('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    } else if (messages.delayed.some((message) => message.messageId === messageId)) {
      await this.calls.endDelay(queueName, messageId);
    } else if (!messages.ready.some((message) => message.messageId === messageId)) {
      throw noMessage(messageId, queueName);
    }
  }

  /**
   * Deletes a message. To find one that was not received yet, it receives messages, as the AWS console does: their
   * receive counts grow.
   *
   * @throws AwsError ResourceNotFoundException if there is no such message. ResourceConflictException for one that
   * waits for others of its group, or that somebody receives at this moment.
   */
  async delete(queueName: string, messageId: string): Promise<void> {
    const { url: QueueUrl, messages } = await this.queueOf(queueName);
    if (isBehind(messages, messageId))
      throw conflict(`the message ${messageId} is behind others of its group: delete those first`);
    await this.calls.endDelay(queueName, messageId);
    const ReceiptHandle = handleOf(messages, messageId) ?? (await this.receive(QueueUrl, messageId));
    if (ReceiptHandle !== undefined) await this.calls.emulate('DeleteMessage', { QueueUrl, ReceiptHandle });
    const after = await this.queueOf(queueName);
    if (allOf(after.messages).some((message) => message.messageId === messageId))
      throw conflict(`the message ${messageId} was just received, and is not deleted: try again`);
    if (ReceiptHandle === undefined) throw noMessage(messageId, queueName);
  }

  private async receive(QueueUrl: string, messageId: string): Promise<string | undefined> {
    const others: Received[] = [];
    const input = { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: SEARCH_TIME };
    let found: Received | undefined;
    let batch: Received[];
    do {
      batch = JSON.parse(await this.calls.emulate('ReceiveMessage', input)).Messages ?? [];
      found = batch.find(({ MessageId }) => MessageId === messageId);
      others.push(...batch.filter((message) => message !== found));
    } while (!found && batch.length > 0);
    for (const { ReceiptHandle } of others) {
      await this.calls.emulate('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    }
    return found?.ReceiptHandle;
  }

  private async queueOf(name: string): Promise<EmulatedQueue> {
    const queue = await this.calls.inspect(name);
    if (queue) return queue;
    throw new AwsError('ResourceNotFoundException', `there is no queue named ${name}`, 404);
  }
}

function allOf({ inflight, ready, delayed }: EmulatedMessages) {
  return [...inflight.map(({ message }) => message), ...ready, ...delayed];
}

/** In a FIFO queue, nobody receives a message before the earlier ones of its group are gone. */
function isBehind(messages: EmulatedMessages, messageId: string): boolean {
  const all = allOf(messages);
  const group = all.find((message) => message.messageId === messageId)?.messageGroupId;
  if (group === undefined) return false;
  return all.find(({ messageGroupId }) => messageGroupId === group)?.messageId !== messageId;
}

function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, 409);
}

function handleOf({ inflight }: EmulatedMessages, messageId: string): string | undefined {
  return inflight.find(({ message }) => message.messageId === messageId)?.receiptHandle;
}

function noMessage(messageId: string, queueName: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `there is no message ${messageId} in ${queueName} any more`,
    404,
  );
}
