import type { AppResource } from '../app/app';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Faults } from './faults';
import { subIn } from './user';

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
  /** Whether it was sent together with others. */
  readonly isOfBatch: boolean;
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
  /** How many messages there are about each subject: about a user by their sub, or else the whole body. */
  private readonly subjects = new Map<string, number>();
  private readonly byReceipt = new Map<string, Message>();
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
  send(body: string, delay = 0, isOfBatch = false): Message {
    const message: Message = {
      id: this.random.uuid(),
      body,
      sentAt: this.clock.now(),
      isOfBatch,
      visibleAt: this.clock.now() + delay * 1000,
      receiveCount: 0,
      receiptHandle: '',
      wasHurried: false,
    };
    this.put(message);
    this.observer.sent(this, message);
    this.clock.at(message.visibleAt, () => this.onMessage());
    return message;
  }

  /** Hands out visible messages. One that was received too often goes to the dead-letter queue instead. */
  receive(most: number): Message[] {
    const received: Message[] = [];
    const visible = this.visible();
    const room = Math.min(most, IN_FLIGHT_LIMIT - (this.messages.size - visible.length));
    while (received.length < room && visible.length > 0) {
      const message = this.takeAny(visible);
      const { RedrivePolicy, VisibilityTimeout = DEFAULT_VISIBILITY } = this.resource.properties;
      if (RedrivePolicy && message.receiveCount >= RedrivePolicy.maxReceiveCount) {
        this.move(message, this.findQueue(RedrivePolicy.deadLetterTargetArn));
        continue;
      }
      message.receiveCount += 1;
      this.byReceipt.delete(message.receiptHandle);
      message.receiptHandle = this.random.uuid();
      this.byReceipt.set(message.receiptHandle, message);
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
    this.remove(message);
    this.observer.deleted(this, message);
  }

  byHandle(receiptHandle: string): Message | undefined {
    return this.byReceipt.get(receiptHandle);
  }

  /** Whether there is a message about a user, or one whose body is exactly the text. */
  holds(subOrBody: string): boolean {
    return this.subjects.has(subOrBody);
  }

  get hasVisible(): boolean {
    const now = this.clock.now();
    for (const { visibleAt } of this.messages.values()) if (visibleAt <= now) return true;
    return false;
  }

  /** Whether a message is hidden. */
  isInFlight({ visibleAt }: Message): boolean {
    return visibleAt > this.clock.now();
  }

  get inFlight(): number {
    return [...this.messages.values()].filter((message) => this.isInFlight(message)).length;
  }

  private visible(): Message[] {
    this.expire();
    const now = this.clock.now();
    return [...this.messages.values()].filter(({ visibleAt }) => visibleAt <= now);
  }

  /** Takes one out of a list, which changes the order of the others. */
  private takeAny(messages: Message[]): Message {
    const index = this.random.integer(0, messages.length - 1);
    const taken = messages[index] as Message;
    messages[index] = messages.at(-1) as Message;
    messages.pop();
    return taken;
  }

  /** Deletes the messages whose time in the queue is over. */
  expire(): void {
    const { MessageRetentionPeriod = DEFAULT_RETENTION } = this.resource.properties;
    const oldest = this.clock.now() - MessageRetentionPeriod * 1000;
    for (const message of this.messages.values()) {
      if (message.sentAt > oldest) continue;
      this.remove(message);
      this.observer.expired(this, message);
    }
  }

  private move(message: Message, target: Queue): void {
    this.remove(message);
    // The time in the dead-letter queue counts from the first queue on.
    const moved = { ...message, receiveCount: 0, visibleAt: this.clock.now() };
    target.put(moved);
    this.observer.moved(target, moved);
  }

  private put(message: Message): void {
    this.messages.set(message.id, message);
    const subject = subjectOf(message);
    this.subjects.set(subject, (this.subjects.get(subject) ?? 0) + 1);
  }

  private remove(message: Message): void {
    this.messages.delete(message.id);
    this.byReceipt.delete(message.receiptHandle);
    const subject = subjectOf(message);
    const count = (this.subjects.get(subject) ?? 0) - 1;
    if (count > 0) this.subjects.set(subject, count);
    else this.subjects.delete(subject);
  }
}

function subjectOf({ body }: Message): string {
  return subIn(body) ?? body;
}
