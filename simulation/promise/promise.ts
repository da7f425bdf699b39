import type { Clock } from '../clock/clock';
import type { CloudWatch } from '../models/cloudwatch';
import type { Cognito, TriggerAnswer } from '../models/cognito';
import type { DynamoDB, Item } from '../models/dynamodb';
import type { Invocation } from '../models/lambda';
import type { Message, Queue } from '../models/sqs';
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

/** In ms. */
const ANSWER_TIME = 5_000;
/** A function that takes longer than this to start cannot answer in time, in ms. */
const USUAL_START = 900;
/** An alarm looks at periods of five minutes; in ms. */
const ALARM_TIME = 10 * 60_000;

/** The promise: what must hold after each step of the world, and in the end. */
export class OnboardingPromise {
  readonly violations: Violation[] = [];
  private readonly records = new Set<string>();
  private readonly deadSince: number[] = [];

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

  deadLetterArrived(): void {
    this.deadSince.push(this.world.clock.now());
  }

  /** A reconciliation that saw the whole pool has found everybody. */
  reconciled(startedAt: number): void {
    for (const user of this.world.cognito.users.values()) {
      const isDue = user.eligibleSince !== undefined && user.eligibleSince < startedAt - LIST_LAG;
      if (isDue && !this.hasRecord(user.sub) && !this.isQueued(user.sub))
        this.break('a reconciliation finds everybody who has no record', user);
    }
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
    const raised = cloudWatch.raised('DeadLetterQueueNotEmpty');
    for (const since of this.deadSince) {
      if (since + ALARM_TIME > clock.now()) continue;
      if (!raised.some((at) => at >= since && at <= since + ALARM_TIME))
        this.break('whoever is in the dead-letter queue has raised the alarm', undefined, `dead at ${since}`);
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
