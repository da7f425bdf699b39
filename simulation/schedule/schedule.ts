import type { Random } from '../clock/random';
import type { Arrival, UserKind } from './arrival';
import type { Fault } from './fault';
import { randomFaults } from './random-faults';

/** Who arrives, and what goes wrong meanwhile. */
export interface Schedule {
  readonly arrivals: readonly Arrival[];
  readonly faults: readonly Fault[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long users keep arriving. */
const DURATIONS = [10 * MINUTE, 2 * HOUR, 12 * HOUR, 2 * DAY];

const KINDS: readonly (readonly [kind: UserKind, weight: number])[] = [
  ['native', 60],
  ['federated', 12],
  ['unverified', 3],
  ['verified later', 3],
  ['unconfirmed', 3],
  ['disabled', 2],
  ['disabled later', 2],
  ['deleted later', 2],
  ['created by administrator', 4],
  ['never signed in', 2],
  ['linked later', 3],
  ['parked before', 4],
];

const ADDRESSES = [
  '{"address_type":"home","locality":"London"}',
  '{"address_type":"__proto__"}',
  '{"constructor":{"name":"Set"}}',
  '{"":1}',
  '[[[',
  '\uffff 😀',
  '1 Main St, Springfield',
];

/** Makes up a schedule for so many users. */
export function randomSchedule(random: Random, users: number): Schedule {
  const duration = random.pick(DURATIONS);
  const burst = random.chance(0.3) ? { at: random.integer(0, duration), share: random.next() } : undefined;
  const arrivals = Array.from({ length: users }, (_, number): Arrival => {
    const isInBurst = burst && random.chance(burst.share);
    const at = isInBurst ? burst.at + random.integer(0, 3_000) : random.integer(0, duration);
    return {
      number,
      kind: randomKind(random),
      at,
      later: at + random.integer(0, random.pick([5_000, 10 * MINUTE, 6 * HOUR])),
      ...(random.chance(0.3) && { address: random.pick(ADDRESSES) }),
    };
  });
  return { arrivals, faults: randomFaults(random, duration) };
}

function randomKind(random: Random): UserKind {
  const sum = KINDS.reduce((total, [, weight]) => total + weight, 0);
  let left = random.integer(1, sum);
  for (const [kind, weight] of KINDS) {
    left -= weight;
    if (left <= 0) return kind;
  }
  throw new Error('the weights do not add up');
}
