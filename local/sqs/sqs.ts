import { AwsError, type AwsResponse, type AwsService, type Input, jsonResponse, perform } from '../aws/api';
import { DEFAULT_ENVIRONMENT, type Environment } from '../aws/environment';
import { queueNameOf } from '../aws/queue-name';
import { checkedInput, withFailed } from './checked-input';
import { DEDUPLICATION_ATTRIBUTES, withoutScope, withScope } from './deduplication-scope';
import { EMULATED_ACTIONS } from './emulated-actions';
import { MessageMoveTasks } from './message-move-tasks';
import { MessagesById } from './messages-by-id';
import { QueueEnvironments } from './queue-environments';
import { queuePage } from './queue-page';
import { attributesOf, type QueueProperties } from './queue-properties';
import { type QueuedMessage, queuedMessages } from './queued-message';
import { ReceiptHandles } from './receipt-handles';
import { SqsEmulator } from './sqs-emulator';

/** What SQS gets from the local cloud. */
interface SqsOptions {
  /** The port of the gateway. */
  readonly port: number;
  /**
   * The real length of one second of a visibility time-out, in s. Below 1, retries come sooner.
   *
   * @default - 1
   */
  readonly timeScale?: number;
  /** Called after a call that may have changed a queue. */
  readonly onChange: () => void;
}

interface ReceivedMessage {
  readonly ReceiptHandle: string;
  readonly Attributes?: Record<string, string>;
}

/** SQS, by fauxqs, in memory. */
export class Sqs implements AwsService {
  readonly prefix = 'sqs';
  readonly actions = [...EMULATED_ACTIONS, 'StartMessageMoveTask', 'ListMessageMoveTasks'];
  private readonly moveTasks = new MessageMoveTasks((action, input) => this.perform(action, input));
  /** What a person does with one message. */
  readonly messages = new MessagesById({
    inspect: (queueName) => this.emulator.inspect(queueName),
    endDelay: (queueName, messageId) => this.emulator.endDelay(queueName, messageId),
    emulate: async (action, input) => (await this.emulator.call({ action, input })).body,
  });
  private readonly handles = new ReceiptHandles();
  private readonly environments = new QueueEnvironments();
  private closing = false;

  private constructor(
    private readonly emulator: SqsEmulator,
    private readonly options: SqsOptions,
  ) {}

  static async start(options: SqsOptions): Promise<Sqs> {
    return new Sqs(await SqsEmulator.start(options.port), options);
  }

  readonly call: AwsService['call'] = async ({ action, input }) => {
    if (action === 'StartMessageMoveTask') return jsonResponse(await this.moveTasks.start(input));
    if (action === 'ListMessageMoveTasks') return jsonResponse(await this.moveTasks.list(input));
    if (action === 'ListQueues') return jsonResponse(await this.listQueues(input));
    if (this.closing) throw new AwsError('ServiceUnavailable', 'the local cloud is closing', 503);
    const response = await this.send(action, input);
    if (!action.startsWith('Get')) this.options.onChange();
    return response;
  };

  /** @throws Error if the emulator refuses the queue. */
  async createQueue(
    name: string,
    properties: QueueProperties,
    environment: Environment = DEFAULT_ENVIRONMENT,
  ): Promise<void> {
    this.environments.set(name, environment);
    const Attributes = attributesOf(properties, (seconds) => this.scaled(seconds));
    await this.perform('CreateQueue', { QueueName: name, Attributes });
  }

  /**
   * Calls the service from within the local cloud.
   *
   * @throws AwsError the error that the service answered.
   */
  async perform<T>(action: string, input: Input): Promise<T> {
    return perform<T>(this, action, input);
  }

  /** The messages of a queue, with those being retried; undefined if there is no such queue. */
  async look(queueName: string): Promise<QueuedMessage[] | undefined> {
    const queue = await this.emulator.inspect(queueName);
    return queue && queuedMessages(queue.messages);
  }

  /** Lets delays and visibility time-outs end earlier, by a time in ms. */
  async advance(ms: number): Promise<void> {
    for (const { visibilityDeadline, ...message } of await this.emulator.advanceDelays(ms)) {
      const left = visibilityDeadline - this.scaled(ms) - Date.now();
      const input = { ...message, VisibilityTimeout: Math.max(0, left) / 1000 };
      await this.emulator.call({ action: 'ChangeMessageVisibility', input });
    }
    this.options.onChange();
  }

  /** Deletes the queues first to end long polls: the emulator then ends them and starts no new ones. */
  async close(): Promise<void> {
    this.closing = true;
    const { body } = await this.emulator.call({ action: 'ListQueues', input: {} });
    const { QueueUrls = [] }: { QueueUrls?: string[] } = JSON.parse(body);
    for (const QueueUrl of QueueUrls)
      await this.emulator.call({ action: 'DeleteQueue', input: { QueueUrl } });
    await this.emulator.close();
  }

  private async listQueues({ QueueNamePrefix, ...paging }: Input) {
    const response = await this.emulator.call({ action: 'ListQueues', input: { QueueNamePrefix } });
    const { QueueUrls = [] }: { QueueUrls?: string[] } = JSON.parse(
      this.outwards('ListQueues', response.body),
    );
    return queuePage(QueueUrls.toSorted(), paging);
  }

  private async send(action: string, given: Input): Promise<AwsResponse> {
    const queueName = queueNameOf(action, given) ?? '';
    const { input, failed } = await this.checked(queueName, given);
    const scoped = await this.scoped(action, queueName, input);
    const response = await this.emulator.call({ action, input: this.inwards(action, scoped) });
    const body = this.outwards(action, response.body);
    if (action === 'ReceiveMessage') return { ...response, body: this.withHandles(queueName, body) };
    return withFailed({ ...response, body }, failed);
  }

  private async checked(queueName: string, given: Input) {
    try {
      return checkedInput(given, (handle) => this.handles.read(queueName, handle));
    } catch (error) {
      // Whether the queue is there comes first.
      await this.perform('GetQueueAttributes', { QueueUrl: given.QueueUrl });
      throw error;
    }
  }

  private async scoped(action: string, queueName: string, input: Input): Promise<Input> {
    if (!action.startsWith('SendMessage') || !queueName.endsWith('.fifo')) return input;
    const { Attributes } = await this.perform<{ Attributes: Record<string, string> }>('GetQueueAttributes', {
      QueueUrl: input.QueueUrl,
      AttributeNames: DEDUPLICATION_ATTRIBUTES,
    });
    return withScope(input, Attributes);
  }

  private withHandles(queueName: string, body: string): string {
    const output: { Messages?: ReceivedMessage[] } = JSON.parse(body);
    const Messages = output.Messages?.map(({ Attributes, ReceiptHandle, ...message }) => {
      return {
        ...message,
        ReceiptHandle: this.handles.issue(queueName, ReceiptHandle),
        ...(Attributes && { Attributes: withoutScope(Attributes) }),
      };
    });
    return JSON.stringify({ ...output, ...(Messages && { Messages }) });
  }

  private outwards(action: string, emulated: string): string {
    const body = this.environments.outwards(action, emulated);
    return body.replaceAll(`http://${this.emulator.host}/`, `http://127.0.0.1:${this.options.port}/`);
  }

  private scaled(seconds: number): number {
    return seconds * (this.options.timeScale ?? 1);
  }

  private inwards(action: string, input: Input): Input {
    const { QueueUrl, VisibilityTimeout } = input;
    return {
      ...this.environments.inwards(input),
      ...(typeof QueueUrl === 'string' &&
        queueNameOf(action, input) && {
          QueueUrl: `http://${this.emulator.host}${this.environments.pathInwards(QueueUrl)}`,
        }),
      ...(typeof VisibilityTimeout === 'number' && {
        VisibilityTimeout: this.scaled(VisibilityTimeout),
      }),
    };
  }
}
