import { shardsOf } from './shard';
import { describeFault } from './words';
import type { Runner } from './workers';

/** A user of a run. */
export interface UserOfRun {
  readonly seed: number;
  readonly users: number;
  /** The place of the user in the run, from 0. */
  readonly user: number;
}

/**
 * The story of one user, and the faults of their world, in words.
 *
 * @throws Error for a user whom the run does not have.
 */
export async function userReport(runner: Runner, { seed, users, user }: UserOfRun): Promise<string> {
  const shard = shardsOf(seed, users).findLast(({ first }) => first <= user);
  if (!shard || user >= users) throw new Error(`--user takes a number below ${users}, not ${user}`);
  const storyOf = user - shard.first;
  const { story } = await runner.run({ ...shard, storyOf });
  const { arrivals, faults } = runner.scheduleOf(shard);
  return [
    `user ${user} of --users ${users} --seed ${seed}: ${arrivals[storyOf]?.kind}`,
    '',
    'faults of their world:',
    ...faults.map(describeFault),
    '',
    ...story,
  ].join('\n');
}
