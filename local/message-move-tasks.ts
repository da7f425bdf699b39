import { AwsError, type Input } from './aws-api';

/** Performs an action of SQS and answers its output; it may throw an {@link AwsError}. */
export type PerformSqs = <T>(action: string, input: Input) => Promise<T>;

interface Queue {
  readonly url: string;
  readonly arn: string;
  readonly redrivePolicy?: string;
}

interface MoveTask {
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly StartedTimestamp: number;
  readonly TaskHandle: string;
  Status: 'RUNNING' | 'COMPLETED' | 'FAILED';
  ApproximateNumberOfMessagesMoved: number;
}

/**
 * Redrives dead-letter queues, which the emulator of SQS cannot.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export class MessageMoveTasks {
  private readonly tasks: MoveTask[] = [];

  constructor(private readonly perform: PerformSqs) {}

  /** @throws AwsError if the source is not the dead-letter queue of exactly one queue, and no destination is given. */
  async start({ SourceArn, DestinationArn }: Input): Promise<{ TaskHandle: string }> {
    const queues = await this.listQueues();
    const source = queues.find(({ arn }) => arn === SourceArn);
    const destinations = queues.filter(({ arn, redrivePolicy }) => {
      return DestinationArn ? arn === DestinationArn : isDeadLetteredBy(source, redrivePolicy);
    });
    const [destination, ...others] = destinations;
    if (!source || !destination || others.length > 0) {
      throw new AwsError('ResourceNotFoundException', `no queue to move messages to from ${SourceArn}`, 404);
    }
    const TaskHandle = Buffer.from(`${this.tasks.length}:${SourceArn}`).toString('base64');
    const task: MoveTask = {
      TaskHandle,
      Status: 'RUNNING',
      SourceArn: source.arn,
      ...(typeof DestinationArn === 'string' && { DestinationArn }),
      StartedTimestamp: Date.now(),
      ApproximateNumberOfMessagesMoved: 0,
    };
    this.tasks.unshift(task);
    void this.run(task, source.url, destination.url);
    return { TaskHandle };
  }

  /** The newest tasks of a source first. */
  list({ SourceArn, MaxResults = 1 }: Input) {
    return {
      Results: this.tasks.filter((task) => task.SourceArn === SourceArn).slice(0, Number(MaxResults)),
    };
  }

  private async run(task: MoveTask, from: string, to: string): Promise<void> {
    try {
      for (let moved = -1; moved !== 0; task.ApproximateNumberOfMessagesMoved += moved) {
        moved = await this.moveBatch(from, to);
      }
      task.Status = 'COMPLETED';
    } catch {
      task.Status = 'FAILED';
    }
  }

  private async moveBatch(from: string, to: string): Promise<number> {
    const { Messages = [] } = await this.perform<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
      'ReceiveMessage',
      { QueueUrl: from, MaxNumberOfMessages: 10 },
    );
    for (const { Body, ReceiptHandle } of Messages) {
      await this.perform('SendMessage', { QueueUrl: to, MessageBody: Body });
      await this.perform('DeleteMessage', { QueueUrl: from, ReceiptHandle });
    }
    return Messages.length;
  }

  private async listQueues(): Promise<Queue[]> {
    const { QueueUrls = [] } = await this.perform<{ QueueUrls?: string[] }>('ListQueues', {});
    return Promise.all(
      QueueUrls.map(async (url) => {
        const input = { QueueUrl: url, AttributeNames: ['All'] };
        const { Attributes } = await this.perform<{ Attributes: Record<string, string> }>(
          'GetQueueAttributes',
          input,
        );
        return { url, arn: Attributes.QueueArn ?? '', redrivePolicy: Attributes.RedrivePolicy };
      }),
    );
  }
}

function isDeadLetteredBy(source: Queue | undefined, redrivePolicy = '{}'): boolean {
  return source !== undefined && JSON.parse(redrivePolicy).deadLetterTargetArn === source.arn;
}
