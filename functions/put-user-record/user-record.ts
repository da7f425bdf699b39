import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { type RecordFormat, recordKey } from '../onboarding/record-format';
import { addressesOf } from './addresses';

/**
 * The record of a confirmed user, whose presence means that they are completely onboarded: their key, the
 * initial attributes, `username`, `addresses` keyed by type, and `date_created` in ISO 8601, UTC.
 */
export function userRecord(user: ConfirmedUser, format: RecordFormat, now: Date) {
  return {
    ...recordKey(user, format),
    username: user.username,
    addresses: addressesOf(user.address),
    date_created: now.toISOString(),
  };
}
