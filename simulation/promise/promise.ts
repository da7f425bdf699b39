import type { Clock } from '../clock/clock';
import type { CloudWatch } from '../models/cloudwatch';
import type { Cognito, TriggerAnswer } from '../models/cognito';
import type { DynamoDB, Item } from '../models/dynamodb';
import type { Invocation } from '../models/lambda';
import type { Message, Queue } from '../models/sqs';
import type { Execution } from '../models/step-functions';
import type { User } from '../models/user';
import type { Violation } from './violation';

/** The parts of the world that the promise is about. */
export interface PromisedWorld {
  readonly clock: Clock;
  readonly cognito: Cognito;
  readonly dynamodb: DynamoDB;
  readonly retryQueue: Queue;
  readonly deadLetterQueue: Queue;
  readonly cloudWatch: CloudWatch;
  readonly witness: { readonly numberOf: (sub: string) => number | undefined };
}

/** What was so when a reconciliation began. */
export interface Begin {
  /** In ms since 1970. */
  readonly at: number;
  /** Who had no record, and was in the lists already. */
  readonly due: readonly User[];
  readonly isDetached: boolean;
}

/** An alarm that must be raised between two times, in ms since 1970. */
interface ExpectedAlarm {
  readonly heading: string;
  readonly from: number;
  readonly until: number;
}

/** In ms. */
const ANSWER_TIME = 5_000;
/** A function that takes longer than this to start cannot answer in time, in ms. */
const USUAL_START = 900;
/** The least time before a message may be dead, in ms: each of its attempts waits longer than the one before. */
const RETRY_TIME = 3_600_000;
/** An alarm looks at periods of five minutes; in ms. */
const ALARM_TIME = 10 * 60_000;

/** The promise: what must hold after each step of the world, and in the end. */
export class OnboardingPromise {
  readonly violations: Violation[] = [];
  private readonly records = new Set<string>();
  private readonly expectedAlarms: ExpectedAlarm[] = [];

  constructor(private readonly world: PromisedWorld) {}

  hasRecord(sub: string): boolean {
    return this.records.has(sub);
  }

  /** A record implies the group, and the first record never changes. */
  recordPut(item: Item, previous: Item | undefined): void {
    const user = this.userOf(JSON.stringify(item));
    if (!user) return;
    if (previous) this.break('the first record never changes', user);
    if (user.groups.size === 0) this.break('a record implies the group', user);
    if (!user.wasEligible) this.break('nobody has a record who was never eligible', user);
    this.records.add(user.sub);
  }

  addedToGroup(user: User): void {
    if (!user.wasEligible) this.break('nobody is in the group who was never eligible', user);
  }

  triggerCalled(user: User, { startTime, runTime }: Invocation): void {
    if (startTime <= USUAL_START && startTime + runTime > ANSWER_TIME)
      this.break('Cognito has its answer within 5 s', user, `it took ${startTime + runTime} ms`);
  }

  /** Whoever saw no error is onboarded or parked. */
  triggerAnswered(user: User, { error, wasDue }: TriggerAnswer): void {
    if (error !== undefined || !wasDue || !this.exists(user)) return;
    if (!this.hasRecord(user.sub) && !this.isQueued(user.sub))
      this.break('whoever saw no error has a record or a message', user);
  }

  /** A message goes only when its user is onboarded, or waits elsewhere. */
  messageDeleted(queue: Queue, { body }: Message): void {
    if (queue !== this.world.retryQueue) return;
    const user = this.userOf(body);
    if (!user && !this.isQueued(body)) this.checkPoison(body);
    if (user && !this.hasRecord(user.sub) && !this.isQueued(user.sub))
      this.break('a message is deleted only when its user has a record', user);
  }

  /** Whoever is dead was tried for long enough, and raises the alarm. */
  messageMoved({ body, sentAt, wasHurried }: Message): void {
    const now = this.world.clock.now();
    this.expectAlarm('DeadLetterQueueNotEmpty', now);
    if (now - sentAt < RETRY_TIME && !wasHurried)
      this.break('a user is tried for an hour at least', this.userOf(body), `${now - sentAt} ms`);
  }

  /** A message that is no user. */
  messageRefused(): void {
    this.expectAlarm('DeadLetterQueueNotEmpty', this.world.clock.now());
  }

  /** The definition says what happens after every error of a task. */
  executionFailed({ input, error = '' }: Execution, known: ReadonlySet<string>): void {
    if (!known.has(error))
      this.break('every error of a task is caught', this.userOf(JSON.stringify(input)), error);
  }

  /** What is so when a reconciliation begins. */
  reconciliationBegins(): Begin {
    const at = this.world.clock.now();
    const due = [...this.world.cognito.users.values()].filter(
      ({ sub, eligibleSince = at }) => eligibleSince < at - LIST_LAG && !this.hasRecord(sub),
    );
    return { at, due, isDetached: !this.world.cognito.hasTrigger };
  }

  /** A reconciliation that saw the whole pool has found everybody, and told what it found. */
  reconciled({ at, due, isDetached }: Begin): void {
    const missing = due.filter((user) => user.eligibleSince !== undefined && this.exists(user));
    const missed = missing.filter(({ sub }) => !this.hasRecord(sub));
    for (const user of missed) {
      if (!this.isQueued(user.sub)) this.break('a reconciliation finds everybody who has no record', user);
    }
    if (missed.length > 0) this.expectAlarm('UsersMissed', at);
    if (isDetached && !this.world.cognito.hasTrigger) this.expectAlarm('TriggerDetached', at);
  }

  private expectAlarm(heading: string, from: number): void {
    this.expectedAlarms.push({ heading, from, until: this.world.clock.now() + ALARM_TIME });
  }

  /** Everybody is onboarded in the end. */
  ended(): void {
    for (const user of this.world.cognito.users.values()) {
      if (user.eligibleSince === undefined) continue;
      if (!this.hasRecord(user.sub)) this.break('everybody has a record in the end', user);
      else if (user.groups.size === 0) this.break('everybody is in the group in the end', user);
    }
    this.checkAlarms();
  }

  private checkAlarms(): void {
    const { cloudWatch, clock } = this.world;
    for (const { heading, from, until } of this.expectedAlarms) {
      if (until > clock.now()) continue;
      if (!cloudWatch.raised(heading).some((at) => at >= from && at <= until))
        this.break(`the alarm ${heading} is raised when it should be`);
    }
  }

  private checkPoison(body: string): void {
    const { deadLetterQueue } = this.world;
    const isDead = [...deadLetterQueue.messages.values()].some((message) => message.body === body);
    const isUser = body.includes('userPoolId');
    if (!isDead && !isUser) this.break('a message that is no user goes to the dead-letter queue');
  }

  private isQueued(text: string): boolean {
    const { retryQueue, deadLetterQueue } = this.world;
    return retryQueue.holds(text) || deadLetterQueue.holds(text);
  }

  private exists({ username }: User): boolean {
    return this.world.cognito.users.has(username);
  }

  /** The user whose sub is in a record or a message. */
  private userOf(text: string): User | undefined {
    const [sub = ''] = SUB.exec(text) ?? [];
    return this.world.cognito.users.get(sub);
  }

  private break(rule: string, user?: User, details?: string): void {
    const number = user && this.world.witness.numberOf(user.sub);
    this.violations.push({ rule, user: number, details, at: this.world.clock.now() });
  }
}

const SUB = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** How far a list of users may lag behind when it is at its worst, in ms. */
const LIST_LAG = 2 * 60_000;
