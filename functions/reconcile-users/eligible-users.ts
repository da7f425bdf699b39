import type { UserType } from '@aws-sdk/client-cognito-identity-provider';
import { describeError } from '../aws-client/describe-error';
import { type ConfirmedUser, confirmedUserOf } from '../onboarding/confirmed-user';
import { eligibilityRules, reasonNotToOnboard, type SkipReason } from '../onboarding/eligibility';
import { keyTemplates, recordKey } from '../onboarding/record-key';

/** The users of a page who may be onboarded, and how many of the others were skipped for which reason. */
export interface SortedUsers {
  readonly eligible: readonly ConfirmedUser[];
  readonly skipped: Readonly<Record<string, number>>;
}

/** Sorts the users of a page by the same rule as the trigger. */
export function sortUsers(userPoolId: string, users: readonly UserType[]): SortedUsers {
  const eligible: ConfirmedUser[] = [];
  const skipped: Record<string, number> = {};
  for (const user of users) {
    const candidate = eligibleUserOrReason(userPoolId, user);
    if (typeof candidate === 'string') skipped[candidate] = (skipped[candidate] ?? 0) + 1;
    else eligible.push(candidate);
  }
  return { eligible, skipped };
}

function eligibleUserOrReason(userPoolId: string, user: UserType): ConfirmedUser | SkipReason {
  const attributes = Object.fromEntries((user.Attributes ?? []).map(({ Name, Value }) => [Name, Value]));
  const { sub, identities, email_verified: emailVerified } = attributes;
  const candidate = { status: user.UserStatus, enabled: user.Enabled, emailVerified, identities };
  const reason = reasonNotToOnboard(candidate, eligibilityRules());
  if (reason) return reason;
  try {
    const confirmedUser = confirmedUserOf({ userPoolId, username: user.Username, attributes });
    assertHasKey(confirmedUser);
    return confirmedUser;
  } catch (error) {
    // One user who cannot be onboarded must not block all others.
    console.error({ event: 'UserRefused', sub, ...describeError(error) });
    return 'Refused';
  }
}

/** @throws InvalidInputError for a user whose record can have no key. */
function assertHasKey(user: ConfirmedUser): void {
  recordKey(user, keyTemplates());
}
