import type { Random } from '../clock/random';
import { type Arrival, burstOfArrivals, randomArrivals } from './arrival';
import type { Fault } from './fault';
import { randomFaults } from './random-faults';

/** Who arrives, and what goes wrong meanwhile. */
export interface Schedule {
  /** In ms since 1970. */
  readonly start: number;
  readonly arrivals: readonly Arrival[];
  readonly faults: readonly Fault[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A Monday in winter. */
const MONDAY = Date.UTC(2026, 0, 5);

/** How long users keep arriving, in ms. */
const DURATIONS = [2 * MINUTE, 10 * MINUTE, HOUR, DAY, 2 * DAY];

/** How many users a schedule has, and whether they all come at once. */
export interface Crowd {
  readonly users: number;
  readonly isBurst: boolean;
}

/**
 * Makes up a schedule for so many users.
 *
 * @param nextReconciliation gives the next one after a time, both in ms since 1970.
 */
export function randomSchedule(
  random: Random,
  { users, isBurst }: Crowd,
  nextReconciliation: (after: number) => number,
): Schedule {
  const start = MONDAY + random.integer(0, DAY);
  const duration = random.pick(DURATIONS);
  const arrivals = isBurst
    ? burstOfArrivals(random, users, duration)
    : randomArrivals(random, users, duration);
  const nightAfter = (time: number) => nextReconciliation(start + time) - start;
  return { start, arrivals, faults: randomFaults(random, arrivals, nightAfter) };
}
