import { AwsError } from '../../aws/api';
import type { InvokeFunction, Outcome } from '../../aws/invocation';
import type { Faults } from '../../gateway/faults';
import type { RoleSession } from '../../iam/role-session';
import type { PerformSqs } from '../../sqs/message-move-tasks';
import { type EventFilter, eventFilter, type FilterCriteria } from './event-filter';
import { type ReceivedMessage, type SqsRecord, toSqsRecord } from './sqs-record';

/** An event source mapping of a queue, as the template describes it. */
export interface EventSourceMappingProperties {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly BatchSize?: number;
  readonly Enabled?: boolean;
  readonly FilterCriteria?: FilterCriteria;
  readonly FunctionResponseTypes?: string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
}

/**
 * Does the checks that Lambda does before it creates an event source mapping.
 *
 * @throws Error if the function's role does not allow the mapping's actions on the queue.
 */
export function assertMayPoll(role: RoleSession, { EventSourceArn }: EventSourceMappingProperties): void {
  for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
    if (role.may(`sqs:${action}`, EventSourceArn)) continue;
    throw new Error(
      `${role.roleName}: the function execution role does not have permissions to call ${action} on SQS ` +
        `(${EventSourceArn})`,
    );
  }
}

/** What an event source mapping needs. */
interface EventSourceMappingOptions {
  readonly queueUrl: string;
  readonly sqs: PerformSqs;
  /** Makes a message visible again. It needs no permission, since no such call is made on AWS. */
  readonly giveBack: (ReceiptHandle: string) => Promise<unknown>;
  readonly invokeFunction: InvokeFunction;
  readonly faults: Faults;
  /** Receives a line for each failure that differs from the failure of the poll before. */
  readonly log: (line: string) => void;
}

/** AWS begins with five pollers. */
const DEFAULT_CONCURRENCY = 5;

/** How long a poll waits for messages, in s. */
const WAIT_TIME = 20;

/**
 * Polls a queue, hands its messages to a function, and deletes all that it does not report as failed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class EventSourceMapping {
  private readonly passes: EventFilter;
  private stopped = false;
  private lastFailure = '';

  /** @throws Error as {@link eventFilter} does. */
  constructor(
    readonly properties: EventSourceMappingProperties,
    private readonly options: EventSourceMappingOptions,
  ) {
    this.passes = eventFilter(properties.FilterCriteria);
  }

  start(): void {
    if (this.properties.Enabled === false) return;
    const concurrency = this.properties.ScalingConfig?.MaximumConcurrency ?? DEFAULT_CONCURRENCY;
    for (let poller = 0; poller < concurrency; poller += 1) void this.poll();
  }

  stop(): void {
    this.stopped = true;
  }

  private async poll(): Promise<void> {
    while (!this.stopped) {
      try {
        const messages = await this.receive();
        if (this.stopped) await this.giveBack(messages);
        else if (messages.length > 0) await this.deliver(messages);
        this.lastFailure = '';
      } catch (error) {
        this.report(error);
        // The queue is gone or the function is throttled. The messages come back, and so does the poller.
        await new Promise((resolve) => setTimeout(resolve, 200).unref());
      }
    }
  }

  private report(error: unknown): void {
    const failure = error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
    if (failure !== this.lastFailure && !this.stopped)
      this.options.log(`event source mapping of ${this.properties.EventSourceArn}: ${failure}`);
    this.lastFailure = failure;
  }

  private async receive(): Promise<ReceivedMessage[]> {
    const { Messages = [] } = await this.options.sqs<{ Messages?: ReceivedMessage[] }>('ReceiveMessage', {
      QueueUrl: this.options.queueUrl,
      MaxNumberOfMessages: Math.min(this.properties.BatchSize ?? 10, 10),
      WaitTimeSeconds: WAIT_TIME,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return Messages;
  }

  /** What a poll receives after the end is for the mapping that comes next. */
  private async giveBack(received: readonly ReceivedMessage[]): Promise<void> {
    for (const { ReceiptHandle } of received) await this.options.giveBack(ReceiptHandle);
  }

  /** What the filters hold back is deleted, too. */
  private async deliver(received: readonly ReceivedMessage[]): Promise<void> {
    const { EventSourceArn } = this.properties;
    const records = received.map((message) => ({ message, record: toSqsRecord(message, EventSourceArn) }));
    const passing = records.filter(({ record }) => this.passes({ ...record }));
    const failed = passing.length > 0 ? await this.invoke(passing.map(({ record }) => record)) : new Set();
    for (const { MessageId, ReceiptHandle } of received) {
      if (!failed.has(MessageId))
        await this.options.sqs('DeleteMessage', { QueueUrl: this.options.queueUrl, ReceiptHandle });
    }
  }

  /** @returns the ids of the messages that failed. */
  private async invoke(records: readonly SqsRecord[]): Promise<Set<string>> {
    const { invokeFunction, faults } = this.options;
    const payload = JSON.stringify({ Records: records });
    const twice = faults.happens('local:DeliverMessageTwice');
    const [outcome] = await Promise.all([
      invokeFunction(this.properties.FunctionName, payload),
      ...(twice ? [invokeFunction(this.properties.FunctionName, payload)] : []),
    ]);
    return this.failedIn(
      outcome,
      records.map(({ messageId }) => messageId),
    );
  }

  /** Without partial batch responses, or with an invalid answer, the whole batch counts as failed. */
  private failedIn({ payload, failed }: Outcome, messageIds: readonly string[]): Set<string> {
    const all = new Set(messageIds);
    if (failed) return all;
    if (!this.properties.FunctionResponseTypes?.includes('ReportBatchItemFailures')) return new Set();
    const failures: unknown[] = JSON.parse(payload)?.batchItemFailures ?? [];
    const ids = failures.map((failure) => (failure as { itemIdentifier?: string }).itemIdentifier);
    return ids.every((id) => id !== undefined && all.has(id)) ? new Set(ids as string[]) : all;
  }
}
