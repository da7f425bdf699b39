import type { Item } from '../models/dynamodb';
import type { Message, Queue } from '../models/queue';
import type { Execution } from '../models/step-functions';
import { subIn, type TriggerAnswer, type TriggerCall, type User } from '../models/user';
import { Excuses } from './excuses';
import { ExpectedAlarms } from './expected-alarms';
import type { Features } from './features';
import { Onboarded } from './onboarded';
import type { Memory, PromisedWorld } from './promised-world';
import { ReconciliationRules } from './reconciliation-rules';
import { Senders } from './senders';
import { ANSWER_TIME, RETRY_TIME } from './times';
import type { Violation } from './violation';

/** The promise: what must hold after each step of the world, and in the end. */
export class OnboardingPromise {
  readonly violations: Violation[] = [];
  readonly reconciliations: ReconciliationRules;
  private readonly onboarded: Onboarded;
  private readonly alarms: ExpectedAlarms;
  private readonly excuses: Excuses;
  private readonly senders: Senders;

  constructor(
    private readonly world: PromisedWorld,
    private readonly memory: Memory,
    private readonly features: Features,
  ) {
    this.onboarded = new Onboarded(features, world.clock.now);
    this.alarms = new ExpectedAlarms(world.clock, world.cloudWatch);
    this.excuses = new Excuses(world.faults);
    this.senders = new Senders(world.clock, world.faults, features.times);
    this.reconciliations = new ReconciliationRules({
      world,
      features,
      onboarded: this.onboarded,
      alarms: this.alarms,
      isQueued: ({ sub }) => this.isQueued(sub),
      break: (rule, user, details) => this.break(rule, user, details),
    });
  }

  hasRecord(sub: string): boolean {
    return this.onboarded.hasRecord(sub);
  }

  itemPut(table: string, item: Item, previous: Item | undefined): void {
    const user = this.userOf(JSON.stringify(item));
    if (!user) return;
    const put = table === this.features.recordTable ? 'putRecord' : 'putTenant';
    for (const rule of this.onboarded[put](item, previous, user)) this.break(rule, user);
  }

  markRemoved(record: Item): void {
    const user = this.userOf(JSON.stringify(record));
    if (!user) return;
    for (const rule of this.onboarded.removeMark(user)) this.break(rule, user);
  }

  eventPublished(detail: string): void {
    const user = this.userOf(detail);
    if (!user) return;
    for (const rule of this.onboarded.publishEvent(user)) this.break(rule, user);
  }

  addedToGroup(user: User): void {
    if (!user.wasEligible) this.break('nobody is in the group who was never eligible', user);
    if (!this.onboarded.isInTheirGroup(user)) this.break('everybody is in their own group only', user);
  }

  /** The trigger answers in time, and tells somebody when it fails. */
  triggerCalled(user: User, { calledAt, failed, hasTimedOut }: TriggerCall): void {
    const time = this.world.clock.now() - calledAt;
    if (time > ANSWER_TIME && !this.excuses.forALateAnswer(calledAt))
      this.break('Cognito has its answer within 5 s', user, `it took ${time} ms`);
    if (hasTimedOut && !this.excuses.forATimeout(calledAt))
      this.break('the trigger answers before its time-out', user);
    if (failed) this.alarms.expect('TriggerErrors', calledAt);
  }

  /** Whoever saw no error is onboarded or parked, and nobody sees one who could be parked. */
  triggerAnswered(user: User, { error, wasDue, calledAt }: TriggerAnswer): void {
    if (!wasDue) return;
    if (error !== undefined) {
      if (!this.excuses.forAnError(calledAt))
        this.break('nobody sees an error who could be parked', user, error);
    } else if (this.exists(user) && !this.isSafe(user))
      this.break('whoever saw no error has a record or a message', user);
  }

  /** Nobody is queued who may not be onboarded, as far as the sender could know. */
  messageSent(message: Message): void {
    if (message.isOfBatch) this.reconciliations.changed();
    const user = this.userOf(message.body);
    if (user && user.eligibleSince === undefined && !this.senders.mayStillSend(message, user))
      this.break('nobody is queued who was not eligible', user);
  }

  /** A message goes only when its user is onboarded, or waits elsewhere. */
  messageDeleted(queue: Queue, { body, sentAt }: Message): void {
    if (queue !== this.world.retryQueue) return;
    const user = this.userOf(body);
    if (user && !this.isSafe(user)) this.break('a message is deleted only when its user is onboarded', user);
    if (user && isOfAll(body) && !this.isInGroupSince(user, sentAt))
      this.break(
        'a message of a reconciliation with all is deleted only when its user is in the group',
        user,
      );
    // A message that is no user waits in the dead-letter queue. That of a deleted user need not.
    if (!user && !body.includes('userPoolId') && !this.isQueued(body))
      this.break('a message that is no user goes to the dead-letter queue');
  }

  /** Whoever is dead was tried for long enough, and raises the alarm. */
  messageMoved({ body, sentAt, wasHurried }: Message): void {
    const now = this.world.clock.now();
    this.messageRefused();
    if (now - sentAt < RETRY_TIME && !wasHurried)
      this.break('a user is tried for an hour at least', this.userOf(body), `${now - sentAt} ms`);
  }

  /** A message that is no user raises the alarm, too. */
  messageRefused(): void {
    this.alarms.expect('DeadLetterQueueNotEmpty', this.world.clock.now());
  }

  /** The definition says what happens after every error of a task. */
  executionFailed({ input, error = '' }: Execution, known: ReadonlySet<string>): void {
    if (!known.has(error))
      this.break('every error of a task is caught', this.userOf(JSON.stringify(input)), error);
  }

  poolUpdated(isUnchanged: boolean): void {
    this.reconciliations.changed();
    if (!isUnchanged) this.break('the other settings of the user pool stay as they are');
  }

  /** A reconciliation that did not succeed raises the alarm. */
  reconciliationFailed(): void {
    this.alarms.expect('ReconciliationFailed', this.world.clock.now());
  }

  /** Everybody is onboarded in the end. */
  ended(): void {
    for (const user of this.world.cognito.users.values()) {
      const { sub, eligibleSince } = user;
      // Somebody who cannot be onboarded now is found when they can be.
      const isExcused = eligibleSince === undefined && this.memory.sawError(sub);
      if (this.hasRecord(sub) && !this.isSafe(user) && !isExcused)
        this.break('whoever has a record has their event, or waits for it', user);
      if (eligibleSince === undefined) continue;
      if (!this.hasRecord(sub)) this.break('everybody has a record in the end', user);
      else if (!this.isInGroupOrExcused(user)) this.break('everybody is in their group in the end', user);
    }
    for (const heading of this.alarms.missing())
      this.break(`the alarm ${heading} is raised when it should be`);
  }

  /** Whoever was taken out of a group comes back only by a reconciliation with `all`, or waits for it. */
  private isInGroupOrExcused(user: User): boolean {
    if (this.onboarded.isInTheirGroup(user) || !this.reconciliations.shouldBeInGroup(user)) return true;
    return user.removedAt !== undefined && this.isQueued(user.sub);
  }

  /** Whether a user is onboarded, or waits for it. */
  private isSafe({ sub }: User): boolean {
    return this.onboarded.isDone(sub) || this.isQueued(sub);
  }

  /** Whether a user is in their group, or was put there since a time, in ms since 1970. */
  private isInGroupSince(user: User, time: number): boolean {
    return this.onboarded.isInTheirGroup(user) || (user.addedAt ?? 0) >= time || this.isQueued(user.sub);
  }

  private isQueued(subOrBody: string): boolean {
    const { retryQueue, deadLetterQueue } = this.world;
    return retryQueue.holds(subOrBody) || deadLetterQueue.holds(subOrBody);
  }

  private exists({ username }: User): boolean {
    return this.world.cognito.users.has(username);
  }

  /** The user whose sub is in a record or a message. */
  private userOf(text: string): User | undefined {
    return this.world.cognito.users.get(subIn(text) ?? '');
  }

  private break(rule: string, user?: User, details?: string): void {
    const number = user && this.memory.numberOf(user.sub);
    this.violations.push({ rule, user: number, details, at: this.world.clock.now() });
  }
}

/** Whether a message asks for the onboarding of a user who has a record. */
function isOfAll(body: string): boolean {
  return body.includes('"all":true');
}
