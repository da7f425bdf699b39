import { AwsError } from '../../local/aws/api';
import type { Outcome } from '../../local/aws/invocation';
import type { Clock } from '../clock/clock';
import type { Faults } from './faults';
import type { Network } from './network';
import type { Message, Queue } from './queue';

export interface MappingProperties {
  readonly EventSourceArn: string;
  readonly FunctionName: string;
  readonly BatchSize?: number;
  readonly Enabled?: boolean;
  readonly FunctionResponseTypes?: readonly string[];
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
}

const DEFAULT_BATCH_SIZE = 10;
const DEFAULT_CONCURRENCY = 5;

/** How long a poller waits after a failure, in ms. */
const PAUSE = 10_000;

/** What a mapping needs of the world. */
export interface MappingOptions {
  readonly queue: Queue;
  readonly clock: Clock;
  readonly network: Network;
  readonly faults: Faults;
  readonly invokeFunction: (name: string, payload: string) => Promise<Outcome>;
}

/** Hands the messages of a queue to a function, in batches, and deletes those that are done. */
export class EventSourceMapping {
  private busy = 0;
  private isPaused = false;

  constructor(
    private readonly properties: MappingProperties,
    private readonly options: MappingOptions,
  ) {
    options.queue.onMessage = () => this.poll();
  }

  private poll(): void {
    const { queue, faults } = this.options;
    const most = this.properties.ScalingConfig?.MaximumConcurrency ?? DEFAULT_CONCURRENCY;
    if (this.isPaused || this.busy >= most || !queue.hasVisible) return;
    if (this.properties.Enabled === false || faults.strike('mapping disabled')) {
      this.pause();
      return;
    }
    this.busy += 1;
    void this.handleBatch()
      .catch((error) => {
        if (!(error instanceof AwsError)) throw error;
        this.pause();
      })
      .finally(() => {
        this.busy -= 1;
        this.poll();
      });
    // Each poller takes a batch of its own.
    this.poll();
  }

  private pause(): void {
    this.isPaused = true;
    this.options.clock.after(PAUSE, () => {
      this.isPaused = false;
      this.poll();
    });
  }

  private async handleBatch(): Promise<void> {
    const { network, queue, invokeFunction } = this.options;
    const { BatchSize = DEFAULT_BATCH_SIZE, FunctionName } = this.properties;
    const { Messages } = await network.call<{ Messages: Message[] }>('sqs', 'ReceiveMessage', {
      QueueUrl: queue.url,
      MaxNumberOfMessages: BatchSize,
    });
    if (Messages.length === 0) return;
    const outcome = await invokeFunction(FunctionName, JSON.stringify({ Records: Messages.map(recordOf) }));
    const failed = this.failedIn(outcome, Messages);
    for (const { id, receiptHandle } of Messages) {
      if (failed.has(id)) continue;
      await network.call('sqs', 'DeleteMessage', { QueueUrl: queue.url, ReceiptHandle: receiptHandle });
    }
  }

  /** Without partial batch responses, or with an answer that is not one, the whole batch has failed. */
  private failedIn({ failed, payload }: Outcome, messages: readonly Message[]): Set<string> {
    const all = new Set(messages.map(({ id }) => id));
    if (failed) return all;
    if (!this.properties.FunctionResponseTypes?.includes('ReportBatchItemFailures')) return new Set();
    const failures: { itemIdentifier: string }[] = JSON.parse(payload)?.batchItemFailures ?? [];
    const ids = failures.map(({ itemIdentifier }) => itemIdentifier);
    return ids.every((id) => all.has(id)) ? new Set(ids) : all;
  }
}

function recordOf({ id, receiptHandle, body, receiveCount, sentAt }: Message) {
  return {
    messageId: id,
    receiptHandle,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: String(sentAt) },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    awsRegion: 'us-east-1',
  };
}
