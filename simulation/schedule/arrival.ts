import type { Random } from '../clock/random';

/** How a user comes into the user pool, and what happens to them. */
export type UserKind =
  /** Signs up, and confirms with a code. */
  | 'native'
  /** Signs in through an identity provider. */
  | 'federated'
  /** Is confirmed by an administrator, and never verifies their address. */
  | 'unverified'
  /** The same, but verifies their address later. */
  | 'verified later'
  /** Signs up, and never confirms. */
  | 'unconfirmed'
  /** Is disabled, and then confirmed and verified by an administrator. */
  | 'disabled'
  /** Confirms, and is disabled later. */
  | 'disabled later'
  /** Is confirmed by an administrator, verifies their address later, and must choose a new password then. */
  | 'reset later'
  /** Is confirmed by an administrator, and verified and linked only when they can no longer sign in. */
  | 'compromised'
  /** The same, but archived instead. */
  | 'archived'
  /** Confirms, and verifies their address when Cognito no longer knows their status. */
  | 'unknown'
  /** Confirms, and is deleted later. */
  | 'deleted later'
  /** Is created by an administrator, and signs in later. No trigger is called. */
  | 'created by administrator'
  /** Is created by an administrator, and never signs in. */
  | 'never signed in'
  /** Signs up, never confirms, and is linked to an identity provider later. */
  | 'linked later'
  /** Was parked by the version before, whose messages had another form. */
  | 'parked before';

/** A user of a schedule. Times are in ms since the start of the world. */
export interface Arrival {
  readonly number: number;
  readonly kind: UserKind;
  readonly at: number;
  /** When what the kind calls `later` happens. */
  readonly later: number;
  /** Their Cognito attributes. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The domain of their e-mail address. @default example.com */
  readonly domain?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long a small burst takes, in ms, and how many users it has at most: several times the quota. */
const SMALL_BURST_TIME = 3_000;
const LARGEST_SMALL_BURST = 150;

/** How fast users come in a large burst, in users a second: Cognito adds 25 of them to a group. */
const BURST_RATES = [40, 50, 60];

const WEIGHTS: Readonly<Record<UserKind, number>> = {
  native: 60,
  federated: 12,
  unverified: 3,
  'verified later': 3,
  unconfirmed: 3,
  disabled: 2,
  'disabled later': 2,
  'reset later': 2,
  compromised: 2,
  archived: 1,
  unknown: 1,
  'deleted later': 2,
  'created by administrator': 4,
  'never signed in': 2,
  'linked later': 3,
  'parked before': 4,
};

const ADDRESSES = [
  '{"address_type":"home","locality":"London"}',
  '{"address_type":"__proto__"}',
  '{"constructor":{"name":"Set"}}',
  '{"":1}',
  '[[[',
  '\uffff 😀',
  '1 Main St, Springfield',
];

const DOMAINS = ['example.com', 'EXAMPLE.com', 'example.org', 'a.example.com', 'example.net'];

const PLANS = ['pro', 'free', 'PRO', 'constructor', ''];

/** Makes up users who arrive within so many ms, some of them in a small burst. */
export function randomArrivals(random: Random, users: number, duration: number): Arrival[] {
  const burst = random.chance(0.3) ? random.integer(20, LARGEST_SMALL_BURST) : 0;
  const burstAt = random.integer(0, duration);
  return Array.from({ length: users }, (_, number) => {
    const at = number < burst ? burstAt + random.integer(0, SMALL_BURST_TIME) : random.integer(0, duration);
    return arrivalAt(random, number, at);
  });
}

/** Makes up users who all come in one burst, faster than the quota allows, within so many ms. */
export function burstOfArrivals(random: Random, users: number, duration: number): Arrival[] {
  const begin = random.integer(0, duration);
  const length = (1000 * users) / random.pick(BURST_RATES);
  return Array.from({ length: users }, (_, number) =>
    arrivalAt(random, number, begin + random.integer(0, length)),
  );
}

function arrivalAt(random: Random, number: number, at: number): Arrival {
  return {
    number,
    kind: random.weighted(WEIGHTS),
    at,
    later: at + random.integer(0, random.pick([5_000, 10 * MINUTE, 6 * HOUR])),
    domain: random.pick(DOMAINS),
    attributes: {
      ...(random.chance(0.3) && { address: random.pick(ADDRESSES) }),
      ...(random.chance(0.7) && { 'custom:plan': random.pick(PLANS) }),
    },
  };
}
