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
  /** Is disabled before they are confirmed. */
  | 'disabled'
  /** Confirms, and is disabled later. */
  | 'disabled later'
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

/** How long a burst takes, in ms, and how many users it has at most: several times the quota. */
const BURST_TIME = 3_000;
const LARGEST_BURST = 150;

const WEIGHTS: Readonly<Record<UserKind, number>> = {
  native: 60,
  federated: 12,
  unverified: 3,
  'verified later': 3,
  unconfirmed: 3,
  disabled: 2,
  'disabled later': 2,
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

/** Makes up users who arrive within so many ms, some of them in a burst. */
export function randomArrivals(random: Random, users: number, duration: number): Arrival[] {
  const burst = random.chance(0.3) ? random.integer(20, LARGEST_BURST) : 0;
  const burstAt = random.integer(0, duration);
  return Array.from({ length: users }, (_, number) => {
    const at = number < burst ? burstAt + random.integer(0, BURST_TIME) : random.integer(0, duration);
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
  });
}
