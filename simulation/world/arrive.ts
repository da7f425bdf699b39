import type { Clock } from '../clock/clock';
import type { Cognito } from '../models/cognito';
import type { Queue } from '../models/queue';
import type { User } from '../models/user';
import type { Arrival, UserKind } from '../schedule/arrival';

/** The part of the world that users touch. */
export interface Entrance {
  readonly clock: Clock;
  readonly cognito: Cognito;
  readonly retryQueue: Queue;
}

type Life = (user: User, later: () => Promise<void>, entrance: Entrance) => Promise<void>;

const VERIFIED = { email_verified: 'true' };
const IDENTITIES = { identities: '[{"providerName":"Google","userId":"1"}]' };

const confirm: Life = (user, _, { cognito }) => cognito.confirm(user, 'CONFIRMED', VERIFIED);

/** The life of somebody who is confirmed without a verified address, and verified with another status later. */
function becomes(status: User['status'], what: string, attributes: User['attributes'] = VERIFIED): Life {
  return async (user, later, { cognito }) => {
    void cognito.confirm(user, 'CONFIRMED', {});
    await later();
    cognito.change(user, { status, attributes }, what);
  };
}

const LINKED = { ...VERIFIED, ...IDENTITIES };

const LIVES: Readonly<Record<UserKind, Life>> = {
  native: confirm,
  federated: (user, _, { cognito }) => cognito.confirm(user, 'EXTERNAL_PROVIDER', IDENTITIES),
  unverified: (user, _, { cognito }) => cognito.confirm(user, 'CONFIRMED', {}),
  'verified later': async (user, later, { cognito }) => {
    void cognito.confirm(user, 'CONFIRMED', {});
    await later();
    cognito.change(user, { attributes: VERIFIED }, 'has a verified address');
  },
  unconfirmed: async () => {},
  disabled: async (user, _, { cognito }) => {
    cognito.change(user, { isEnabled: false }, 'is disabled');
    await cognito.confirm(user, 'CONFIRMED', {});
    cognito.change(user, { attributes: VERIFIED }, 'has a verified address');
  },
  'disabled later': async (user, later, { cognito }) => {
    void cognito.confirm(user, 'CONFIRMED', VERIFIED);
    await later();
    cognito.change(user, { isEnabled: false }, 'is disabled');
  },
  'reset later': becomes('RESET_REQUIRED', 'has a verified address, and must choose a new password'),
  compromised: becomes('COMPROMISED', 'is compromised, and linked to an identity provider', LINKED),
  archived: becomes('ARCHIVED', 'is archived, and linked to an identity provider', LINKED),
  unknown: becomes('UNKNOWN', 'has a verified address, and no status'),
  'deleted later': async (user, later, { cognito }) => {
    void cognito.confirm(user, 'CONFIRMED', VERIFIED);
    await later();
    cognito.delete(user);
  },
  'created by administrator': async (user, later, { cognito }) => {
    cognito.change(
      user,
      { status: 'FORCE_CHANGE_PASSWORD', attributes: VERIFIED },
      'is created by an administrator',
    );
    await later();
    cognito.change(user, { status: 'CONFIRMED' }, 'signs in for the first time');
  },
  'never signed in': async (user, _, { cognito }) =>
    cognito.change(
      user,
      { status: 'FORCE_CHANGE_PASSWORD', attributes: VERIFIED },
      'is created by an administrator',
    ),
  'linked later': async (user, later, { cognito }) => {
    await later();
    cognito.change(user, { attributes: IDENTITIES }, 'is linked to an identity provider');
  },
  'parked before': async (user, _, { cognito, retryQueue }) => {
    cognito.change(user, { status: 'CONFIRMED', attributes: VERIFIED }, 'is parked by the version before');
    const { username, sub, attributes } = user;
    // The form of the messages of version 0.1.
    retryQueue.send(
      JSON.stringify({ userPoolId: cognito.poolId, username, sub, address: attributes.address }),
    );
  },
};

/** Lets a user come into the user pool, and live as their kind does. */
export function arrive(
  entrance: Entrance,
  { kind, at, later, attributes, domain = 'example.com' }: Arrival,
  sub: string,
): Promise<void> {
  const { cognito, clock } = entrance;
  const user = cognito.create(sub, 'UNCONFIRMED', { email: `${sub}@${domain}`, ...attributes });
  return LIVES[kind](user, () => clock.sleep(later - at), entrance);
}
