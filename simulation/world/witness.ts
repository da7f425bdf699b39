import { substitute } from '../../local/step-functions/definition';
import { type App, type AppResource, onlyResourceOf, resourcesOf } from '../app/app';
import type { Item } from '../models/dynamodb';
import type { NetworkObserver } from '../models/network';
import type { Message, Queue, QueueObserver } from '../models/queue';
import type { ScheduleProperties } from '../models/scheduler';
import type { Execution, ExecutionObserver, StateMachineProperties } from '../models/step-functions';
import type { UserObserver } from '../models/user';
import { type Counts, Coverage, type Definition } from '../promise/coverage';
import type { Observers } from './cloud';
import { Reconciliations } from './reconciliations';
import type { World } from './world';

/** Sees all that happens in a world: it counts, tells the story, and reminds the promise. */
export class Witness implements Observers {
  readonly numbers: Counts = {};
  readonly coverage: ReadonlyMap<string, Coverage>;
  private readonly reconciliations: Reconciliations;
  private readonly subsByNumber: ReadonlyMap<number, string>;
  private readonly errorsSeenBy = new Set<string>();
  private readonly followers = new WeakMap<Execution, ReturnType<Coverage['follow']>>();

  constructor(
    private readonly world: World,
    app: App,
    /** The number of each user, by their sub. */
    private readonly subs: ReadonlyMap<string, number>,
    private readonly recordTable: string,
  ) {
    const { properties } = onlyResourceOf<ScheduleProperties>(app, 'AWS::Scheduler::Schedule');
    this.reconciliations = new Reconciliations(properties.Target.Arn);
    this.subsByNumber = new Map([...subs].map(([sub, number]) => [number, sub]));
    this.coverage = new Map(
      resourcesOf<StateMachineProperties>(app, 'AWS::StepFunctions::StateMachine').map(coverageOf),
    );
  }

  numberOf(sub: string): number | undefined {
    return this.subs.get(sub);
  }

  /** Whether Cognito answered a user's confirmation with an error. */
  sawError(sub: string): boolean {
    return this.errorsSeenBy.has(sub);
  }

  subOf(number: number): string {
    const sub = this.subsByNumber.get(number);
    if (sub === undefined) throw new Error(`the schedule has no user ${number}`);
    return sub;
  }

  /** How often each part of the definitions was taken. */
  taken(): Counts {
    return Object.assign({}, ...[...this.coverage.values()].map(({ counts }) => counts));
  }

  readonly network: NetworkObserver = {
    called: (action) => this.count(`calls of ${action}`),
    failed: (action, input, reason) => {
      this.count('calls that failed');
      if (this.world.story.isTold) this.world.story.tell(JSON.stringify(input), () => `${action}: ${reason}`);
    },
    broken: (error) => {
      this.world.brokenModel ??= error;
    },
  };

  readonly queues: QueueObserver = {
    sent: (queue, message) => {
      this.count(`messages sent to ${this.nameOf(queue)}`);
      this.tell(message, () => `a message is sent to ${this.nameOf(queue)}`);
      if (queue === this.world.cloud.retryQueue) this.world.promise.messageSent(message);
      else this.world.promise.messageRefused();
    },
    received: (_, message) => {
      this.count('receives');
      this.tell(message, () => `the message is received, ${message.receiveCount}.`);
    },
    moved: (queue, message) => {
      this.count(`messages moved to ${this.nameOf(queue)}`);
      this.tell(message, () => `the message is moved to ${this.nameOf(queue)}`);
      this.world.promise.messageMoved(message);
    },
    deleted: (queue, message) => {
      this.tell(message, () => `the message is deleted from ${this.nameOf(queue)}`);
      this.world.promise.messageDeleted(queue, message);
    },
    expired: (queue, message) => {
      this.count('messages expired');
      this.tell(message, () => `the message expires in ${this.nameOf(queue)}`);
    },
  };

  readonly users: UserObserver = {
    confirmed: () => this.count('confirmations'),
    triggerCalled: (user, call) => this.world.promise.triggerCalled(user, call),
    triggerAnswered: (user, answer) => {
      const { error } = answer;
      if (error !== undefined) {
        this.count('confirmations with an error');
        this.errorsSeenBy.add(user.sub);
      }
      this.world.story.tell(user.sub, () => `Cognito's answer: ${error ?? 'confirmed'}`);
      this.world.promise.triggerAnswered(user, answer);
    },
    addedToGroup: (user, group) => {
      this.world.story.tell(user.sub, () => `is in the group ${group}`);
      this.world.promise.addedToGroup(user);
    },
    removedFromGroups: (user) => {
      this.count('users who were taken out of their group');
      this.world.story.tell(user.sub, () => 'is taken out of their group');
      this.world.promise.reconciliations.memberRemoved(user);
    },
    changed: (user, what) => this.world.story.tell(user.sub, () => what),
  };

  readonly executions: ExecutionObserver = {
    started: (execution) => {
      this.count('executions');
      if (this.reconciliations.isOne(execution)) this.reconciliations.started(execution, this.world.promise);
      const follow = this.coverage.get(execution.machine)?.follow();
      if (follow) this.followers.set(execution, follow);
      this.tellOf(execution, () => 'starts');
    },
    event: (execution, event) => {
      this.followers.get(execution)?.(event);
      if (event.type === 'StateFailed')
        this.tellOf(execution, () => `${event.state?.name} fails: ${event.Error}`);
    },
    ended: (execution) => {
      if (execution.status !== 'SUCCEEDED') this.count('executions that failed');
      this.tellOf(execution, () => `ends: ${execution.status} ${execution.error ?? ''}`.trimEnd());
      const { promise } = this.world;
      if (this.reconciliations.isOne(execution)) this.count(this.reconciliations.ended(execution, promise));
      else if (execution.status === 'FAILED')
        promise.executionFailed(execution, this.knownErrors(execution.machine));
    },
  };

  readonly itemPut = (table: string, item: Item, previous: Item | undefined): void => {
    const name = table === this.recordTable ? 'record' : 'tenant';
    this.count(`${name}s`);
    if (this.world.story.isTold) this.world.story.tell(JSON.stringify(item), () => `has a ${name}`);
    this.world.promise.itemPut(table, item, previous);
  };

  readonly itemUpdated = (item: Item): void => {
    if (this.world.story.isTold)
      this.world.story.tell(JSON.stringify(item), () => 'a mark is removed from the record');
    this.world.promise.markRemoved(item);
  };

  readonly eventPublished = (detail: string): void => {
    this.count('events');
    this.world.story.tell(detail, () => 'an event is published');
    this.world.promise.eventPublished(detail);
  };

  readonly poolUpdated = (isUnchanged: boolean): void => {
    this.count('updates of the user pool');
    this.world.promise.poolUpdated(isUnchanged);
  };

  readonly log = (logGroup: string, folder: string, line: unknown): void => {
    // Lambda puts an object that is logged under `message`.
    this.world.cloud.cloudWatch.readLine(logGroup, { message: line });
    if (!this.world.story.isTold) return;
    const { event, error, reason } = line as { event?: string; error?: string; reason?: string };
    const because = [error, reason].filter((text) => text !== undefined).join(': ');
    this.world.story.tell(JSON.stringify(line), () => `${folder}: ${event} ${because}`.trimEnd());
  };

  /** The errors with which the definition of an onboarding may end. */
  private knownErrors(machine: string): ReadonlySet<string> {
    return this.coverage.get(machine)?.errors ?? new Set();
  }

  private tell({ body }: Message, line: () => string): void {
    this.world.story.tell(body, line);
  }

  private tellOf({ name }: Execution, line: () => string): void {
    this.world.story.tell(name, () => `execution ${name.slice(37, 45)} ${line()}`);
  }

  private nameOf(queue: Queue): string {
    return queue === this.world.cloud.retryQueue ? 'the retry queue' : 'the dead-letter queue';
  }

  private count(name: string | undefined): void {
    if (name === undefined) return;
    this.numbers[name] = (this.numbers[name] ?? 0) + 1;
  }
}

function coverageOf({ arn, properties }: AppResource<StateMachineProperties>): [string, Coverage] {
  const definition: Definition = JSON.parse(substitute(properties));
  return [arn, new Coverage(definition)];
}
