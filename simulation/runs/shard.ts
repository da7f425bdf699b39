import { Random } from '../clock/random';
import { randomSchedule, type Schedule } from '../schedule/schedule';

/** How many users share a world. */
export const USERS_OF_A_WORLD = 500;

/** A world to run: its schedule is made up from the seed, unless it is given. */
export interface Shard {
  readonly seed: number;
  /** The place of this world in the run, from 0. */
  readonly number: number;
  readonly users: number;
  /** @default - made up from the seed */
  readonly schedule?: Schedule;
  /** The number of the user whose story is told. */
  readonly storyOf?: number;
}

/** The seed of a world, so that worlds of the same run differ. */
export function seedOf({ seed, number }: Shard): number {
  return new Random(seed).of(`world ${number}`).integer(0, 2 ** 31);
}

export function scheduleOf(shard: Shard): Schedule {
  return shard.schedule ?? randomSchedule(new Random(seedOf(shard)).of('schedule'), shard.users);
}

/** Divides the users of a run into worlds. */
export function shardsOf(seed: number, users: number): Shard[] {
  return Array.from({ length: Math.ceil(users / USERS_OF_A_WORLD) }, (_, number) => ({
    seed,
    number,
    users: Math.min(USERS_OF_A_WORLD, users - number * USERS_OF_A_WORLD),
  }));
}
