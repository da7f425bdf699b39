import type { User } from '../models/user';
import { Census, type Counted, type CountName } from './census';
import type { ExpectedAlarms } from './expected-alarms';
import type { PromisedWorld } from './promised-world';
import { LONGEST_TASK } from './times';

/** What a reconciliation is started with. */
export interface ReconciliationInput {
  readonly dryRun?: boolean;
  readonly all?: boolean;
  /** Whether the schedule has started it. */
  readonly scheduled?: boolean;
}

/** What a reconciliation has counted in all its executions. */
export type ReconciliationCounts = Readonly<Record<CountName | 'queued' | 'notQueued', number>>;

/** A reconciliation that has begun, and what was so then. */
export interface Begin {
  /** In ms since 1970. */
  readonly at: number;
  readonly input: ReconciliationInput;
  /** Whether no other one was running. */
  readonly isAlone: boolean;
  readonly isDetached: boolean;
  readonly census: Census;
}

/** What the rules need of the promise. */
export interface RulesOptions extends Counted {
  readonly world: PromisedWorld;
  readonly alarms: ExpectedAlarms;
  readonly isQueued: (user: User) => boolean;
  readonly break: (rule: string, user?: User, details?: string) => void;
}

/** What must hold of reconciliations, whoever starts them. */
export class ReconciliationRules {
  /** The inputs of the executions that run. */
  private readonly running: ReconciliationInput[] = [];
  /** When an execution that may change something ended last, in ms since 1970. */
  private workedUntil = Number.NEGATIVE_INFINITY;
  /** Who was in no group when a reconciliation with `all` saw them, by their subs. */
  private readonly found = new Set<string>();

  constructor(private readonly options: RulesOptions) {}

  begin(input: ReconciliationInput): Begin {
    const { clock, pool } = this.options.world;
    return {
      at: clock.now(),
      input,
      isAlone: this.running.length === 0,
      isDetached: pool.postConfirmation === undefined,
      census: new Census(this.options, input.all === true),
    };
  }

  /** A reconciliation may have several executions. */
  executionStarted(input: ReconciliationInput): void {
    this.running.push(input);
  }

  executionEnded(input: ReconciliationInput): void {
    this.running.splice(this.running.indexOf(input), 1);
    if (!input.dryRun) this.workedUntil = this.options.world.clock.now();
  }

  /** A reconciliation has queued users, or has set the trigger: a dry run may not. */
  changed(): void {
    const isWorking = this.running.some(({ dryRun }) => !dryRun);
    // A function may go on for a while after its execution has ended.
    if (!isWorking && this.workedUntil < this.options.world.clock.now() - LONGEST_TASK)
      this.options.break('a dry run changes nothing');
  }

  /**
   * A reconciliation that saw the whole pool has found everybody, and told what it found.
   *
   * @param isTriggerKnown whether it could check the trigger, and set it again if it had to.
   * @param counts what it answers; it has no answer if it failed with the trigger.
   */
  ended(begin: Begin, isTriggerKnown: boolean, counts?: ReconciliationCounts): void {
    if (!begin.input.dryRun) this.hasQueued(begin, counts);
    if (counts) this.counted(begin, counts);
    if (begin.isDetached && isTriggerKnown) this.triggerWasDetached(begin);
  }

  /** Whether nobody took a user out of their group, or a reconciliation with `all` has found them since. */
  shouldBeInGroup({ sub, removedAt }: User): boolean {
    return removedAt === undefined || this.found.has(sub);
  }

  memberRemoved({ sub }: User): void {
    this.found.delete(sub);
  }

  private counted({ input, census }: Begin, counts: ReconciliationCounts): void {
    const { missing, outsideGroup, queued, notQueued } = counts;
    const wrong = Object.entries(census.limits()).flatMap(([name, [sure, most]]) => {
      const count = counts[name as CountName];
      // Only those are added to a group who are queued.
      const least = name === 'groupAdds' ? sure - notQueued : sure;
      return count >= least && count <= most ? [] : [`${name} ${count}, not ${least} to ${most}`];
    });
    // Where there is no group, `all` queues everybody.
    const found = input.all && !this.options.features.groupRule ? counts.eligible : missing + outsideGroup;
    const wanted = input.dryRun ? 0 : found;
    if (queued + notQueued !== wanted)
      wrong.push(`queued ${queued} and not queued ${notQueued} of ${wanted}`);
    if (wrong.length > 0) this.options.break('a reconciliation counts right', undefined, wrong.join(', '));
  }

  private hasQueued({ at, input, census }: Begin, counts?: ReconciliationCounts): void {
    // While too many messages wait, nobody is queued.
    if ((counts?.notQueued ?? 0) > 0) return;
    const { isQueued, alarms } = this.options;
    const missing = census.missing();
    for (const user of missing) {
      if (!isQueued(user))
        this.options.break('a reconciliation finds everybody who has no record, or no event', user);
    }
    if (input.scheduled && missing.length > 0) alarms.expect('UsersMissed', at);
    for (const user of census.outside()) {
      if (isQueued(user)) this.found.add(user.sub);
      else this.options.break('a reconciliation with all finds everybody who is in no group', user);
    }
  }

  private triggerWasDetached({ at, input, isAlone }: Begin): void {
    const { world, alarms, features } = this.options;
    const { postConfirmation, detachedAt = 0, reattachedAt = 0 } = world.pool;
    const isDetached = postConfirmation === undefined && detachedAt < at;
    const wasReattached = reattachedAt >= at && !input.dryRun;
    // Of two at the same time, one may set the trigger before the other one has looked at it.
    if (isDetached || wasReattached) alarms.expect('TriggerDetached', isAlone ? at : detachedAt);
    if (isDetached && features.reattaches && !input.dryRun)
      this.options.break('a reconciliation sets the trigger again');
  }
}
