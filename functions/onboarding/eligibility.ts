import { requiredEnvironmentVariable } from './environment';

/** The data of a user that decides whether they may be onboarded. */
export interface OnboardingCandidate {
  /** Cognito's user status, such as `CONFIRMED`. */
  readonly status?: string;
  /** Cognito's attribute `email_verified`: `true` or `false` as text, in upper or lower case. */
  readonly emailVerified?: string;
  /** @default - true: Cognito calls no trigger for a disabled user */
  readonly enabled?: boolean;
}

/** Which users an application accepts. */
export interface EligibilityRules {
  readonly requireVerifiedEmail: boolean;
}

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

/**
 * Says why a user must not be onboarded yet, or `undefined` if they may be.
 *
 * A native user must be confirmed and, unless the rules say otherwise, have a verified e-mail address. A
 * federated user (`EXTERNAL_PROVIDER`) was verified by their identity provider.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
 */
export function reasonNotToOnboard(
  { status, emailVerified, enabled = true }: OnboardingCandidate,
  { requireVerifiedEmail }: EligibilityRules,
): string | undefined {
  if (!enabled) return 'user is disabled';
  if (status === 'EXTERNAL_PROVIDER') return undefined;
  if (!status || !CONFIRMED_STATUSES.includes(status)) return `user status is ${status ?? 'missing'}`;
  if (requireVerifiedEmail && emailVerified?.toLowerCase() !== 'true')
    return 'e-mail address is not verified';
  return undefined;
}
