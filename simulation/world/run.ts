import { nextTime } from '../app/next-time';
import type { Counts } from '../promise/coverage';
import { CATCHING_UP, LIST_LAG } from '../promise/times';
import type { Violation } from '../promise/violation';
import type { Fault, FaultKind } from '../schedule/fault';
import type { Schedule } from '../schedule/schedule';
import { arrive } from './arrive';
import { type Snapshot, snapshotOf } from './snapshot';
import { type SimulatedApp, World } from './world';

/** What became of a world. */
export interface Outcome {
  readonly violations: readonly Violation[];
  readonly numbers: Counts;
  /** By the name of what can be taken, see {@link Coverage}. */
  readonly coverage: Counts;
  readonly story: readonly string[];
  /** At the time that was asked for, and in the end. */
  readonly snapshots: readonly Snapshot[];
}

/** What else somebody wants to know of a world. */
export interface Questions {
  /** The number of the user whose story is told. */
  readonly storyOf?: number;
  /** In ms since the start of the world. */
  readonly snapshotAt?: number;
}

/**
 * Lets a schedule happen, and waits for as long as the promise allows.
 *
 * @throws Error for a model that does not know what the code asks of it.
 */
export async function run(
  simulated: SimulatedApp,
  schedule: Schedule,
  seed: number,
  { storyOf, snapshotAt }: Questions = {},
): Promise<Outcome> {
  const world = new World(simulated, schedule, seed, storyOf);
  const { cloud, witness, promise, story, start } = world;
  const { clock } = cloud;
  for (const arrival of schedule.arrivals)
    clock.at(start + arrival.at, () => void arrive(cloud, arrival, witness.subOf(arrival.number)));
  plan(world, schedule);
  const snapshots: Snapshot[] = [];
  if (snapshotAt !== undefined) clock.at(start + snapshotAt, () => snapshots.push(snapshotOf(world)));
  await clock.runUntil(
    promisedBy(world, schedule),
    () => promise.violations.length > 0 || !!world.brokenModel,
  );
  if (world.brokenModel) throw world.brokenModel;
  if (promise.violations.length === 0) promise.ended();
  if (snapshotAt !== undefined) snapshots.push(snapshotOf(world));
  return {
    violations: promise.violations,
    numbers: { users: schedule.arrivals.length, ...witness.numbers },
    coverage: witness.taken(),
    story: story.lines,
    snapshots,
  };
}

/** What happens to the world, and not to calls. */
function plan({ cloud, start }: World, { faults }: Schedule): void {
  const { clock, cognito, pool, lambda, retryQueue, stepFunctions, reconciliationSchedule } = cloud;
  const begins: Partial<Record<FaultKind, (fault: Fault) => void>> = {
    deployment: () => lambda.deploy(),
    'poison message': () => retryQueue.send('{"hello":"world"}'),
    'members removed': ({ probability }) => cognito.removeMembers(probability),
    'reconciliation started': ({ input }) => void cloud.startReconciliation(input),
    'reconciliation stopped': () => stepFunctions.stop(reconciliationSchedule.properties.Target.Arn),
    'trigger detached': () => pool.detachTrigger(),
  };
  for (const fault of faults) {
    const { kind, from, until } = fault;
    const begin = begins[kind];
    if (begin) clock.at(start + from, () => begin(fault));
    if (kind === 'trigger detached') clock.at(start + until, () => pool.attachTrigger());
  }
}

/**
 * When everybody must be onboarded, in ms since 1970: the next reconciliation after the last fault finds
 * whoever has neither a record nor a message, or waits for a later retry.
 */
function promisedBy({ start, cloud }: World, { arrivals, faults }: Schedule): number {
  const last = Math.max(0, ...arrivals.map(({ later }) => later), ...faults.map(({ until }) => until));
  const { ScheduleExpression } = cloud.reconciliationSchedule.properties;
  return nextTime(ScheduleExpression, start + last + LIST_LAG) + CATCHING_UP;
}
