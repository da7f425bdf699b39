import { requiredEnvironmentVariable } from './environment';
import { hasIdentity } from './identities';

/** The data of a user that decides whether they may be onboarded. */
export interface OnboardingCandidate {
  /** Cognito's user status, such as `CONFIRMED`. */
  readonly status?: string;
  /** Cognito's attribute `email_verified`: `true` or `false` as text, in upper or lower case. */
  readonly emailVerified?: string;
  /** Cognito's attribute `identities`, in JSON: the identity providers through which the user signs in. */
  readonly identities?: string;
  /** @default - true: Cognito calls no trigger for a disabled user */
  readonly enabled?: boolean;
}

/** Which users an application accepts. */
export interface EligibilityRules {
  readonly requireVerifiedEmail: boolean;
}

/** Why a user is skipped. These words are logged, counted and documented in docs/operations.md. */
export type SkipReason =
  | 'Disabled'
  | 'Unconfirmed'
  | 'NeverSignedIn'
  | 'StatusNotAccepted'
  | 'EmailNotVerified'
  | 'Refused';

/**
 * Reads the rules from `REQUIRE_VERIFIED_EMAIL`: any value except `false` requires a verified address.
 *
 * @throws Error if the variable is not set.
 */
export function eligibilityRules(): EligibilityRules {
  return { requireVerifiedEmail: requiredEnvironmentVariable('REQUIRE_VERIFIED_EMAIL') !== 'false' };
}

/** A native user who is asked to choose a new password (`RESET_REQUIRED`) was confirmed before. */
const CONFIRMED_STATUSES = ['CONFIRMED', 'RESET_REQUIRED'];

/** Nobody in these statuses can sign in, not even through an identity provider. */
const CLOSED_STATUSES = ['ARCHIVED', 'COMPROMISED'];

/**
 * Says why a user must not be onboarded yet, or `undefined` if they may be.
 *
 * A user with an identity at a provider was verified there, and can sign in whatever their status says: a
 * federated user with a password is `CONFIRMED`, and a native user of any status can be linked to a provider.
 * Every other user must be confirmed and, unless the rules say otherwise, have a verified e-mail address.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
 */
export function reasonNotToOnboard(
  { status = '', emailVerified, identities, enabled = true }: OnboardingCandidate,
  { requireVerifiedEmail }: EligibilityRules,
): SkipReason | undefined {
  if (!enabled) return 'Disabled';
  if (CLOSED_STATUSES.includes(status)) return 'StatusNotAccepted';
  if (status === 'EXTERNAL_PROVIDER' || hasIdentity(identities)) return undefined;
  if (!CONFIRMED_STATUSES.includes(status)) return reasonOfStatus(status);
  if (requireVerifiedEmail && emailVerified?.toLowerCase() !== 'true') return 'EmailNotVerified';
  return undefined;
}

function reasonOfStatus(status: string): SkipReason {
  if (status === 'UNCONFIRMED') return 'Unconfirmed';
  // Created by an administrator, and has not used the temporary password yet.
  if (status === 'FORCE_CHANGE_PASSWORD') return 'NeverSignedIn';
  return 'StatusNotAccepted';
}
