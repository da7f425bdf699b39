import { AwsError, type Input } from '../aws/api';

/** Performs an action of SQS and answers its output; it may throw an {@link AwsError}. */
export type PerformSqs = <T>(action: string, input: Input) => Promise<T>;

interface Queue {
  readonly url: string;
  readonly arn: string;
  readonly redrivePolicy?: string;
  /** How many messages can be received. */
  readonly available: number;
}

interface ReceivedMessage {
  readonly MessageId: string;
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly MessageAttributes?: Record<string, unknown>;
  readonly Attributes?: { readonly MessageGroupId?: string };
}

interface MoveTask {
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly StartedTimestamp: number;
  readonly TaskHandle: string;
  Status: 'RUNNING' | 'COMPLETED' | 'FAILED';
  FailureReason?: string;
  /** As many as were there at the start: a message that comes back is not moved again. */
  readonly ApproximateNumberOfMessagesToMove: number;
  ApproximateNumberOfMessagesMoved: number;
}

const LARGEST_BATCH = 10;

/**
 * Redrives dead-letter queues, because the emulator of SQS cannot do that.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export class MessageMoveTasks {
  private readonly tasks: MoveTask[] = [];

  constructor(private readonly perform: PerformSqs) {}

  /**
   * @throws AwsError ResourceNotFoundException if there is no such queue. InvalidParameterValue if the source
   * is no dead-letter queue, is also the destination, or serves several queues and no destination is given.
   */
  async start({ SourceArn, DestinationArn }: Input): Promise<{ TaskHandle: string }> {
    if (SourceArn === DestinationArn)
      throw invalid(`messages cannot be moved from ${SourceArn} to itself: give another DestinationArn`);
    const queues = await this.listQueues();
    const source = queueOf(queues, SourceArn);
    const sources = queues.filter(({ redrivePolicy }) => isDeadLetteredBy(source, redrivePolicy));
    const [origin, ...others] = sources;
    if (!origin) throw invalid(`${SourceArn} is not the dead-letter queue of any queue`);
    if (DestinationArn === undefined && others.length > 0)
      throw invalid(`${SourceArn} is the dead-letter queue of several queues: give a DestinationArn`);
    const destination = DestinationArn === undefined ? origin : queueOf(queues, DestinationArn);
    const TaskHandle = Buffer.from(`${this.tasks.length}:${SourceArn}`).toString('base64');
    const task: MoveTask = {
      TaskHandle,
      Status: 'RUNNING',
      SourceArn: source.arn,
      ...(typeof DestinationArn === 'string' && { DestinationArn }),
      StartedTimestamp: Date.now(),
      ApproximateNumberOfMessagesToMove: source.available,
      ApproximateNumberOfMessagesMoved: 0,
    };
    this.tasks.unshift(task);
    void this.run(task, source.url, destination.url);
    return { TaskHandle };
  }

  /**
   * The tasks of a source, newest first.
   *
   * @throws AwsError ResourceNotFoundException if there is no such queue.
   */
  async list({ SourceArn, MaxResults = 1 }: Input) {
    queueOf(await this.listQueues(), SourceArn);
    return {
      Results: this.tasks.filter((task) => task.SourceArn === SourceArn).slice(0, Number(MaxResults)),
    };
  }

  private async run(task: MoveTask, from: string, to: string): Promise<void> {
    try {
      for (let moved = -1; moved !== 0; task.ApproximateNumberOfMessagesMoved += moved) {
        const left = task.ApproximateNumberOfMessagesToMove - task.ApproximateNumberOfMessagesMoved;
        moved = left > 0 ? await this.moveBatch(from, to, Math.min(left, LARGEST_BATCH)) : 0;
      }
      task.Status = 'COMPLETED';
    } catch (error) {
      task.Status = 'FAILED';
      task.FailureReason = error instanceof AwsError ? error.code : String(error);
    }
  }

  private async moveBatch(from: string, to: string, MaxNumberOfMessages: number): Promise<number> {
    const { Messages = [] } = await this.perform<{ Messages?: ReceivedMessage[] }>('ReceiveMessage', {
      QueueUrl: from,
      MaxNumberOfMessages,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    for (const message of Messages) {
      await this.perform('SendMessage', { QueueUrl: to, ...copyOf(message) });
      await this.perform('DeleteMessage', { QueueUrl: from, ReceiptHandle: message.ReceiptHandle });
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
        return {
          url,
          arn: Attributes.QueueArn ?? '',
          redrivePolicy: Attributes.RedrivePolicy,
          available: Number(Attributes.ApproximateNumberOfMessages),
        };
      }),
    );
  }
}

/**
 * The message to send. In a FIFO queue, its deduplication id is the id of the message, so that no other message, and
 * not its own first delivery, makes it a duplicate.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
function copyOf({ MessageId, Body, MessageAttributes, Attributes }: ReceivedMessage): Input {
  const MessageGroupId = Attributes?.MessageGroupId;
  return {
    MessageBody: Body,
    ...(MessageAttributes && { MessageAttributes }),
    ...(MessageGroupId !== undefined && { MessageGroupId, MessageDeduplicationId: MessageId }),
  };
}

function queueOf(queues: readonly Queue[], wanted: unknown): Queue {
  const queue = queues.find(({ arn }) => arn === wanted);
  if (queue) return queue;
  throw new AwsError('ResourceNotFoundException', `there is no queue ${wanted}`, 404);
}

function isDeadLetteredBy(source: Queue, redrivePolicy = '{}'): boolean {
  return JSON.parse(redrivePolicy).deadLetterTargetArn === source.arn;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
