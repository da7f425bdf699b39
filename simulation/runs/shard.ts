import { type App, onlyResourceOf } from '../app/app';
import { nextTime } from '../app/next-time';
import { Random } from '../clock/random';
import type { Bundles } from '../code/bundles';
import type { ScheduleProperties } from '../models/scheduler';
import { randomSchedule, type Schedule } from '../schedule/schedule';
import type { Questions } from '../world/run';

/** The apps of a run and their code, as a file for the workers. */
export interface AppsFile {
  /** The worlds have them in turn. */
  readonly apps: readonly App[];
  readonly bundles: Bundles;
}

/** How many users share a world, unless a run says otherwise. */
export const USERS_OF_A_WORLD = 500;

/** One world of so many has a burst, and so many times the users of another one. */
const WORLDS_WITH_A_BURST = 40;
const TIMES_THE_USERS = 10;

/** A world of a run: its schedule is made up from the seed, unless it is given. */
export interface Shard extends Questions {
  readonly seed: number;
  /** The place of this world in the run, from 0. */
  readonly number: number;
  /** The place of its first user in the run, from 0. */
  readonly first: number;
  readonly users: number;
  /** @default - made up from the seed */
  readonly schedule?: Schedule;
}

/** The seed of a world, so that worlds of the same run differ. */
export function seedOf({ seed, number }: Shard): number {
  return new Random(seed).of(`world ${number}`).integer(0, 2 ** 31);
}

/** The app of a world. */
export function appOf({ number }: Shard, apps: readonly App[]): App {
  return apps[number % apps.length] as App;
}

/** The schedule of a world: the given one, or one that is made up from the seed. */
export function scheduleOf(shard: Shard, app: App): Schedule {
  if (shard.schedule) return shard.schedule;
  const { properties } = onlyResourceOf<ScheduleProperties>(app, 'AWS::Scheduler::Schedule');
  const nextReconciliation = (after: number) => nextTime(properties.ScheduleExpression, after);
  return randomSchedule(
    new Random(seedOf(shard)).of('schedule'),
    { users: shard.users, isBurst: hasBurst(shard.number) },
    nextReconciliation,
  );
}

/** Divides the users of a run into worlds. */
export function shardsOf(seed: number, users: number, usersOfAWorld = USERS_OF_A_WORLD): Shard[] {
  const shards: Shard[] = [];
  for (let first = 0; first < users; ) {
    const number = shards.length;
    const most = hasBurst(number) ? TIMES_THE_USERS * usersOfAWorld : usersOfAWorld;
    shards.push({ seed, number, first, users: Math.min(most, users - first) });
    first += most;
  }
  return shards;
}

function hasBurst(number: number): boolean {
  return number % WORLDS_WITH_A_BURST === WORLDS_WITH_A_BURST - 1;
}
