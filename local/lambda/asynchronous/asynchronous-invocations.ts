import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws/api';
import type { Outcome } from '../../aws/invocation';
import type { RoleSession } from '../../iam/role-session';
import { type DestinationCalls, sendToDeadLetterQueue, sendToDestination } from './destinations';
import type { EventInvokeConfig } from './event-invoke-config';
import type { Condition } from './invocation-record';

/** A function as its events need it. */
export interface EventTarget {
  /** With the qualifier of the call, or `$LATEST`. */
  readonly functionArn: string;
  readonly version: string;
  readonly role: RoleSession;
  readonly config: EventInvokeConfig;
  /** Of the dead-letter queue. */
  readonly deadLetterArn?: string;
}

interface AsynchronousOptions {
  readonly calls: DestinationCalls;
  /** @throws AwsError ResourceNotFoundException for a function that is no more. */
  readonly targetOf: (nameOrArn: string) => EventTarget;
  readonly invoke: (nameOrArn: string, payload: string, requestId: string) => Promise<Outcome>;
  readonly log: (nameOrArn: string, line: string) => void;
  /** In ms since 1970. */
  readonly now: () => number;
}

/** An event that waits for its function. */
interface QueuedEvent {
  readonly requestId: string;
  readonly nameOrArn: string;
  readonly payload: string;
  /** In ms since 1970. */
  readonly acceptedAt: number;
  /** How often the function was invoked. */
  invocations: number;
  /** How often Lambda could not invoke it. */
  throttles: number;
  outcome?: Outcome;
  /** The next attempt, in ms since 1970. */
  dueAt: number;
  timer?: NodeJS.Timeout;
}

/** In ms: one minute after the first invocation, two after the second. */
const RETRY_DELAY = 60_000;

/** In ms; each is twice as long as the one before. */
const FIRST_THROTTLE_DELAY = 1_000;
const MAX_THROTTLE_DELAY = 300_000;

/**
 * Invokes functions with events that nobody waits for, and retries as Lambda does.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class AsynchronousInvocations {
  /** Those that run or wait. */
  private readonly events = new Set<QueuedEvent>();
  private closed = false;

  constructor(private readonly options: AsynchronousOptions) {}

  /** Takes an event; the first attempt begins at once. */
  accept(nameOrArn: string, payload: string): void {
    if (this.closed) return;
    const now = this.options.now();
    const accepted = { requestId: randomUUID(), nameOrArn, payload, acceptedAt: now, dueAt: now };
    const event = { ...accepted, invocations: 0, throttles: 0 };
    this.events.add(event);
    void this.attempt(event);
  }

  /** Begins the attempts that became due because the clock was moved. The others wait for what is left. */
  startDue(): void {
    for (const event of this.events) if (event.timer) this.arm(event);
  }

  /** Forgets the events of a function, which a name or an ARN may stand for. */
  forget(isOfFunction: (nameOrArn: string) => boolean): void {
    for (const event of this.events) {
      if (!isOfFunction(event.nameOrArn)) continue;
      clearTimeout(event.timer);
      this.events.delete(event);
    }
  }

  /** Forgets all events. */
  close(): void {
    this.closed = true;
    for (const { timer } of this.events) clearTimeout(timer);
    this.events.clear();
  }

  private async attempt(event: QueuedEvent): Promise<void> {
    clearTimeout(event.timer);
    event.timer = undefined;
    try {
      const { config } = this.options.targetOf(event.nameOrArn);
      if (this.ageOf(event) > config.maxAge) await this.end(event, 'EventAgeExceeded');
      else await this.invoke(event, config);
    } catch (error) {
      this.report(event, error);
    }
    if (!event.timer) this.events.delete(event);
  }

  private report(event: QueuedEvent, error: unknown): void {
    if (this.events.has(event)) this.options.log(event.nameOrArn, `event not delivered: ${textOf(error)}`);
  }

  private async invoke(event: QueuedEvent, { maxRetries }: EventInvokeConfig): Promise<void> {
    try {
      event.outcome = await this.options.invoke(event.nameOrArn, event.payload, event.requestId);
      event.invocations += 1;
    } catch (error) {
      if (!isThrottle(error)) throw error;
      event.throttles += 1;
      this.wait(event, Math.min(FIRST_THROTTLE_DELAY * 2 ** (event.throttles - 1), MAX_THROTTLE_DELAY));
      return;
    }
    if (!this.events.has(event)) return;
    if (!event.outcome.failed) await this.end(event, 'Success');
    else if (event.invocations > maxRetries) await this.end(event, 'RetriesExhausted');
    else this.wait(event, RETRY_DELAY * event.invocations);
  }

  private wait(event: QueuedEvent, delay: number): void {
    if (!this.events.has(event)) return;
    event.dueAt = this.options.now() + delay;
    this.arm(event);
  }

  private arm(event: QueuedEvent): void {
    clearTimeout(event.timer);
    const left = event.dueAt - this.options.now();
    if (left <= 0) void this.attempt(event);
    else event.timer = setTimeout(() => void this.attempt(event), left).unref();
  }

  private async end(event: QueuedEvent, condition: Condition): Promise<void> {
    const { calls, targetOf, now } = this.options;
    const { role, config, deadLetterArn, functionArn, version } = targetOf(event.nameOrArn);
    const ended = { ...event, functionArn, version, condition, endedAt: now() };
    const hasFailed = condition !== 'Success';
    const destination = hasFailed ? config.onFailure : config.onSuccess;
    // One of them gets the event even if the other cannot.
    const sent = await Promise.allSettled([
      hasFailed && deadLetterArn && sendToDeadLetterQueue(calls, role, deadLetterArn, ended),
      destination && sendToDestination(calls, role, destination, ended),
    ]);
    for (const one of sent) if (one.status === 'rejected') this.report(event, one.reason);
  }

  private ageOf({ acceptedAt }: QueuedEvent): number {
    return this.options.now() - acceptedAt;
  }
}

function isThrottle(error: unknown): boolean {
  return error instanceof AwsError && error.code === 'TooManyRequestsException';
}

function textOf(error: unknown): string {
  return error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
}
