import { AwsError } from '../aws/api';
import { environmentOf } from '../aws/environment';
import type { InvokeFunction, Outcome } from '../aws/invocation';
import type { Faults } from '../gateway/faults';
import type { RoleSession } from '../iam/iam';
import type { PerformSqs } from '../sqs/message-move-tasks';

/** An event source mapping of a queue, as the template describes it. */
export interface EventSourceMappingProperties {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly BatchSize?: number;
  readonly Enabled?: boolean;
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
  readonly invokeFunction: InvokeFunction;
  readonly faults: Faults;
  /** Receives a line for each failure that differs from the failure of the poll before. */
  readonly log: (line: string) => void;
}

interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Record<string, string>;
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
  private stopped = false;
  private lastFailure = '';

  constructor(
    readonly properties: EventSourceMappingProperties,
    private readonly options: EventSourceMappingOptions,
  ) {}

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
        if (messages.length > 0 && !this.stopped) await this.deliver(messages);
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

  private async receive(): Promise<Message[]> {
    const { Messages = [] } = await this.options.sqs<{ Messages?: Message[] }>('ReceiveMessage', {
      QueueUrl: this.options.queueUrl,
      MaxNumberOfMessages: Math.min(this.properties.BatchSize ?? 10, 10),
      WaitTimeSeconds: WAIT_TIME,
      AttributeNames: ['All'],
    });
    return Messages;
  }

  private async deliver(messages: Message[]): Promise<void> {
    const { invokeFunction, faults, sqs, queueUrl } = this.options;
    const payload = JSON.stringify({ Records: messages.map((message) => this.toRecord(message)) });
    const twice = faults.happens('local:DeliverMessageTwice');
    const [outcome] = await Promise.all([
      invokeFunction(this.properties.FunctionName, payload),
      ...(twice ? [invokeFunction(this.properties.FunctionName, payload)] : []),
    ]);
    const failed = this.failedIn(outcome, messages);
    for (const { MessageId, ReceiptHandle } of messages) {
      if (!failed.has(MessageId)) await sqs('DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle });
    }
  }

  /** Without partial batch responses, or with an invalid answer, the whole batch counts as failed. */
  private failedIn({ payload, failed }: Outcome, messages: Message[]): Set<string> {
    const all = new Set(messages.map(({ MessageId }) => MessageId));
    if (failed) return all;
    if (!this.properties.FunctionResponseTypes?.includes('ReportBatchItemFailures')) return new Set();
    const failures: unknown[] = JSON.parse(payload)?.batchItemFailures ?? [];
    const ids = failures.map((failure) => (failure as { itemIdentifier?: string }).itemIdentifier);
    return ids.every((id) => id !== undefined && all.has(id)) ? new Set(ids as string[]) : all;
  }

  private toRecord({ MessageId, ReceiptHandle, Body, MD5OfBody, Attributes = {} }: Message) {
    return {
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes,
      messageAttributes: {},
      md5OfBody: MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.properties.EventSourceArn,
      awsRegion: environmentOf(this.properties.EventSourceArn).region,
    };
  }
}
