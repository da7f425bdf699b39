import type { Counts } from '../promise/coverage';
import type { Violation } from '../promise/violation';
import type { Schedule } from '../schedule/schedule';
import { type Shard, scheduleOf, shardsOf, USERS_OF_A_WORLD } from './shard';
import { shrink } from './shrink';
import type { Workers } from './workers';

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

/** Lets users arrive in one world after the other, until all have or a promise is broken. */
export async function simulate(
  workers: Workers,
  seed: number,
  users: number,
  onProgress: (users: number) => void = () => {},
): Promise<SimulationResult> {
  const numbers: Counts = {};
  const coverage: Counts = {};
  const results = workers.runAll(shardsOf(seed, users));
  for await (const { shard, outcome } of results) {
    add(numbers, outcome.numbers);
    add(coverage, outcome.coverage);
    onProgress(shard.users);
    if (outcome.violations.length > 0) {
      await results.return(undefined);
      return { numbers, coverage, failure: await explain(workers, shard, outcome.violations) };
    }
  }
  return { numbers, coverage };
}

async function explain(workers: Workers, shard: Shard, violations: readonly Violation[]): Promise<Failure> {
  const [violation] = violations as [Violation];
  const { schedule, user } = await shrink(workers, shard, scheduleOf(shard), violation);
  const { story, violations: last } = await workers.run({ ...shard, schedule, storyOf: user });
  return {
    violation: last[0] ?? violation,
    ...(user !== undefined && { user: shard.number * USERS_OF_A_WORLD + user }),
    schedule,
    story,
  };
}

function add(sum: Counts, counts: Counts): void {
  for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
}
