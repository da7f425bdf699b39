import { type Addresses, addressesOf } from './addresses';
import type { ConfirmedUser } from './confirmed-user';

/** The item that the application reads; its presence means that the user is completely onboarded. */
export interface UserRecord {
  /** `USER#<sub>` */
  readonly PK: string;
  /** `USER#<sub>` */
  readonly SK: string;
  readonly username: string;
  readonly addresses: Addresses;
  readonly shopping_cart: Record<string, never>;
  /** ISO 8601, UTC */
  readonly date_created: string;
}

/** The key of a user's record. */
export function recordKey({ sub }: ConfirmedUser) {
  const key = `USER#${sub}`;
  return { PK: key, SK: key };
}

/** Makes the record of a confirmed user. */
export function userRecord(user: ConfirmedUser, now: Date): UserRecord {
  return {
    ...recordKey(user),
    username: user.username,
    addresses: addressesOf(user.address),
    shopping_cart: {},
    date_created: now.toISOString(),
  };
}
