import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { type RecordFormat, recordKey } from '../onboarding/record-format';
import { addressesOf } from './addresses';

/**
 * The record of a confirmed user, without the initial attributes: their key, `username`, `addresses` keyed by
 * type, and `date_created` in ISO 8601, UTC. A user who has a record is completely onboarded.
 */
export function userRecord(user: ConfirmedUser, format: RecordFormat, now: Date) {
  return {
    ...recordKey(user, format),
    username: user.username,
    addresses: addressesOf(user.address),
    date_created: now.toISOString(),
  };
}
