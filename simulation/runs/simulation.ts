import type { Counts } from '../promise/coverage';
import type { Violation } from '../promise/violation';
import type { Schedule } from '../schedule/schedule';
import { type Shard, shardsOf, USERS_OF_A_WORLD } from './shard';
import { shrink, TRIALS } from './shrink';
import type { Runner } from './workers';

/** What became of a run. */
export interface SimulationResult {
  readonly numbers: Counts;
  readonly coverage: Counts;
  readonly failure?: Failure;
}

/** A broken promise, with the shortest schedule that still breaks it. */
export interface Failure {
  readonly violation: Violation;
  /** The place of the user in the run, from 0. */
  readonly user?: number;
  readonly schedule: Schedule;
  readonly story: readonly string[];
}

/** A run of the simulation. */
export interface RunOptions {
  readonly seed: number;
  readonly users: number;
  /** @default - 500 */
  readonly usersOfAWorld?: number;
  /** How many schedules are tried to find the shortest one that fails. @default - 60 */
  readonly trials?: number;
  /** Called with the number of users of each world that has ended. */
  readonly onProgress?: (users: number) => void;
}

/** Thrown for a world that could not be run to its end; the message says how the run is repeated. */
export class WorldFailedError extends Error {
  override readonly name = 'WorldFailedError';

  /** @param failure what went wrong in the world, with its stack. */
  constructor(
    { number, first, users, seed }: Shard,
    usersOfTheRun: number,
    readonly failure: string,
  ) {
    const place = `world ${number} (users ${first} to ${first + users - 1})`;
    super(`${place} of --users ${usersOfTheRun} --seed ${seed} failed: ${failure.split('\n')[0]}`);
  }
}

/**
 * Lets users arrive in one world after the other, until all have or the promise is broken.
 *
 * @throws WorldFailedError for a world that fails in a model.
 */
export async function simulate(
  runner: Runner,
  { seed, users, usersOfAWorld = USERS_OF_A_WORLD, trials = TRIALS, onProgress = () => {} }: RunOptions,
): Promise<SimulationResult> {
  const numbers: Counts = {};
  const coverage: Counts = {};
  for await (const { shard, outcome } of worldsOf(runner, shardsOf(seed, users, usersOfAWorld), users)) {
    add(numbers, outcome.numbers);
    add(coverage, outcome.coverage);
    onProgress(shard.users);
    if (outcome.violations.length > 0) {
      return { numbers, coverage, failure: await explain(runner, shard, trials, outcome.violations) };
    }
  }
  return { numbers, coverage };
}

async function* worldsOf(runner: Runner, shards: readonly Shard[], users: number) {
  let turn = 0;
  try {
    for await (const result of runner.runAll(shards)) {
      turn += 1;
      yield result;
    }
  } catch (error) {
    throw new WorldFailedError(shards[turn] as Shard, users, (error as Error).message);
  }
}

async function explain(
  runner: Runner,
  shard: Shard,
  trials: number,
  violations: readonly Violation[],
): Promise<Failure> {
  const [violation] = violations as [Violation];
  const { schedule, user } = await shrink(runner, shard, violation, trials);
  const { story, violations: last } = await runner.run({ ...shard, schedule, storyOf: user });
  return {
    violation: last.find(({ rule }) => rule === violation.rule) ?? violation,
    ...(user !== undefined && { user: shard.first + user }),
    schedule,
    story,
  };
}

function add(sum: Counts, counts: Counts): void {
  for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
}
