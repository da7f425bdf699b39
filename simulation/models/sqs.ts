import { createHash } from 'node:crypto';
import { AwsError, type Input } from '../../local/aws/api';
import type { AppResource } from '../app/app';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Faults } from './faults';
import type { Actions } from './network';

export interface QueueProperties {
  readonly VisibilityTimeout?: number;
  readonly MessageRetentionPeriod?: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

/** A message; its times are in ms since 1970. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  receiveCount: number;
  receiptHandle: string;
  /** Whether SQS has delivered it before its time. */
  wasHurried: boolean;
}

/** What happens to messages, for those who want to know. */
export interface QueueObserver {
  readonly sent: (queue: Queue, message: Message) => void;
  readonly received: (queue: Queue, message: Message) => void;
  readonly moved: (queue: Queue, message: Message) => void;
  readonly deleted: (queue: Queue, message: Message) => void;
  readonly expired: (queue: Queue, message: Message) => void;
}

/** SQS's own values where the template has none, in s. */
const DEFAULT_VISIBILITY = 30;
const DEFAULT_RETENTION = 345_600;

/** The most messages of a standard queue that can be in flight. */
const IN_FLIGHT_LIMIT = 120_000;

/** A standard queue: it delivers at least once, and in any order. */
export class Queue {
  readonly messages = new Map<string, Message>();
  readonly url: string;
  readonly arn: string;
  readonly name: string;
  /** Called when a message can be received, now or later. */
  onMessage: () => void = () => {};

  constructor(
    private readonly resource: AppResource<QueueProperties>,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly faults: Faults,
    private readonly observer: QueueObserver,
    private readonly findQueue: (arn: string) => Queue,
  ) {
    this.url = resource.ref;
    this.arn = resource.arn;
    this.name = resource.logicalId;
  }

  /** @param delay how long it is hidden at first, in s. */
  send(body: string, delay = 0): Message {
    const message: Message = {
      id: this.random.uuid(),
      body,
      sentAt: this.clock.now(),
      visibleAt: this.clock.now() + delay * 1000,
      receiveCount: 0,
      receiptHandle: '',
      wasHurried: false,
    };
    this.messages.set(message.id, message);
    this.observer.sent(this, message);
    this.clock.at(message.visibleAt, () => this.onMessage());
    return message;
  }

  /** Hands out visible messages. One that was received too often goes to the dead-letter queue instead. */
  receive(most: number): Message[] {
    const received: Message[] = [];
    const room = Math.min(most, IN_FLIGHT_LIMIT - this.inFlight);
    for (const message of this.visible()) {
      if (received.length === room) break;
      const { RedrivePolicy, VisibilityTimeout = DEFAULT_VISIBILITY } = this.resource.properties;
      if (RedrivePolicy && message.receiveCount >= RedrivePolicy.maxReceiveCount) {
        this.move(message, this.findQueue(RedrivePolicy.deadLetterTargetArn));
        continue;
      }
      message.receiveCount += 1;
      message.receiptHandle = this.random.uuid();
      const isHurried = this.faults.strike('message delivered twice') !== undefined;
      message.wasHurried ||= isHurried;
      this.hide(message, isHurried ? 0 : VisibilityTimeout);
      this.observer.received(this, message);
      received.push({ ...message });
    }
    return received;
  }

  /** Hides a message from other receivers, for some time in s. */
  hide(message: Message, seconds: number): void {
    message.visibleAt = this.clock.now() + seconds * 1000;
    this.clock.at(message.visibleAt, () => this.onMessage());
  }

  delete(receiptHandle: string): void {
    const message = this.byHandle(receiptHandle);
    if (!message) return;
    this.messages.delete(message.id);
    this.observer.deleted(this, message);
  }

  /** Moves the messages to another queue, as a redrive by hand does. */
  redriveTo(queue: Queue): void {
    for (const message of [...this.messages.values()]) {
      this.messages.delete(message.id);
      queue.send(message.body);
    }
  }

  byHandle(receiptHandle: string): Message | undefined {
    return [...this.messages.values()].find((message) => message.receiptHandle === receiptHandle);
  }

  /** Whether a message contains a text. */
  holds(text: string): boolean {
    for (const { body } of this.messages.values()) if (body.includes(text)) return true;
    return false;
  }

  get hasVisible(): boolean {
    const now = this.clock.now();
    for (const { visibleAt } of this.messages.values()) if (visibleAt <= now) return true;
    return false;
  }

  get inFlight(): number {
    const now = this.clock.now();
    return [...this.messages.values()].filter(({ visibleAt }) => visibleAt > now).length;
  }

  /** The messages that can be received, in random order. */
  private visible(): Message[] {
    this.expire();
    const now = this.clock.now();
    const visible = [...this.messages.values()].filter(({ visibleAt }) => visibleAt <= now);
    return visible
      .map((message) => ({ message, order: this.random.next() }))
      .sort(byOrder)
      .map(messageOf);
  }

  /** Deletes the messages whose time in the queue is over. */
  expire(): void {
    const { MessageRetentionPeriod = DEFAULT_RETENTION } = this.resource.properties;
    const oldest = this.clock.now() - MessageRetentionPeriod * 1000;
    for (const message of this.messages.values()) {
      if (message.sentAt > oldest) continue;
      this.messages.delete(message.id);
      this.observer.expired(this, message);
    }
  }

  private move(message: Message, target: Queue): void {
    this.messages.delete(message.id);
    // The time in the dead-letter queue counts from the first queue on.
    const moved = { ...message, receiveCount: 0, visibleAt: this.clock.now() };
    target.messages.set(message.id, moved);
    this.observer.moved(target, moved);
  }
}

interface Ordered {
  readonly message: Message;
  readonly order: number;
}

const byOrder = (a: Ordered, b: Ordered) => a.order - b.order;
const messageOf = ({ message }: Ordered) => message;

const REFUSED = { Code: 'InternalError', SenderFault: false };

/** The API of the queues. */
export function sqsActions(queues: readonly Queue[], faults: Faults): Actions {
  const find = ({ QueueUrl }: Input) => {
    const queue = queues.find(({ url }) => url === QueueUrl);
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  return {
    SendMessage: (input) =>
      sent(find(input).send(String(input.MessageBody), Number(input.DelaySeconds ?? 0))),
    SendMessageBatch: (input) => {
      const entries = input.Entries as { Id: string; MessageBody: string }[];
      const queue = find(input);
      const Failed = entries
        .filter(() => faults.strike('entries refused'))
        .map(({ Id }) => ({ Id, ...REFUSED }));
      const accepted = entries.filter(({ Id }) => Failed.every((failed) => failed.Id !== Id));
      return {
        Successful: accepted.map(({ Id, MessageBody }) => ({ Id, ...sent(queue.send(MessageBody)) })),
        Failed,
      };
    },
    ReceiveMessage: (input) => ({ Messages: find(input).receive(Number(input.MaxNumberOfMessages)) }),
    DeleteMessage: (input) => find(input).delete(String(input.ReceiptHandle)),
    ChangeMessageVisibility: (input) => {
      const queue = find(input);
      const message = queue.byHandle(String(input.ReceiptHandle));
      if (!message) throw new AwsError('MessageNotInflight', 'The message is not in flight.');
      queue.hide(message, Number(input.VisibilityTimeout));
      return {};
    },
    GetQueueAttributes: (input) => {
      const queue = find(input);
      const inFlight = queue.inFlight;
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(queue.messages.size - inFlight),
          ApproximateNumberOfMessagesNotVisible: String(inFlight),
          ApproximateNumberOfMessagesDelayed: '0',
        },
      };
    },
  };
}

function sent({ id, body }: Message) {
  return { MessageId: id, MD5OfMessageBody: createHash('md5').update(body).digest('hex') };
}
