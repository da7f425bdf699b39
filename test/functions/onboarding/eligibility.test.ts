import {
  eligibilityRules,
  type OnboardingCandidate,
  reasonNotToOnboard,
} from '../../../functions/onboarding/eligibility';

type Case = [who: string, candidate: OnboardingCandidate, reason: string | undefined];

const verified = { emailVerified: 'true' };

test.each<Case>([
  ['a confirmed user', { status: 'CONFIRMED', ...verified }, undefined],
  ['one verified by hand', { status: 'CONFIRMED', emailVerified: 'True' }, undefined],
  ['an enabled one', { status: 'CONFIRMED', ...verified, enabled: true }, undefined],
  ['one who must reset their password', { status: 'RESET_REQUIRED', ...verified }, undefined],
  ['a federated one', { status: 'EXTERNAL_PROVIDER', ...verified }, undefined],
  ['a federated one without an e-mail address', { status: 'EXTERNAL_PROVIDER' }, undefined],
  [
    'a federated user with an unverified e-mail address',
    { status: 'EXTERNAL_PROVIDER', emailVerified: 'false' },
    undefined,
  ],
])('%s may be onboarded', (_, candidate, reason) => {
  expect(reasonNotToOnboard(candidate, { requireVerifiedEmail: true })).toBe(reason);
});

test.each<Case>([
  ['an unconfirmed user', { status: 'UNCONFIRMED', ...verified }, 'user status is UNCONFIRMED'],
  [
    'one with a temporary password',
    { status: 'FORCE_CHANGE_PASSWORD', ...verified },
    'user status is FORCE_CHANGE_PASSWORD',
  ],
  ['an archived one', { status: 'ARCHIVED', ...verified }, 'user status is ARCHIVED'],
  ['a compromised one', { status: 'COMPROMISED', ...verified }, 'user status is COMPROMISED'],
  ['an unknown one', { status: 'UNKNOWN', ...verified }, 'user status is UNKNOWN'],
  ['one in a status of tomorrow', { status: 'confirmed', ...verified }, 'user status is confirmed'],
  ['one without a status', { ...verified }, 'user status is missing'],
  ['one with an empty status', { status: '', ...verified }, 'user status is '],
  ['one without a verification', { status: 'CONFIRMED' }, 'e-mail address is not verified'],
  [
    'one with an unverified e-mail address',
    { status: 'CONFIRMED', emailVerified: 'false' },
    'e-mail address is not verified',
  ],
  [
    'one who resets their password, unverified',
    { status: 'RESET_REQUIRED', emailVerified: 'false' },
    'e-mail address is not verified',
  ],
  ['a disabled one', { status: 'CONFIRMED', ...verified, enabled: false }, 'user is disabled'],
  [
    'a disabled federated one',
    { status: 'EXTERNAL_PROVIDER', ...verified, enabled: false },
    'user is disabled',
  ],
])('%s may not be onboarded, with the reason', (_, candidate, reason) => {
  expect(reasonNotToOnboard(candidate, { requireVerifiedEmail: true })).toBe(reason);
});

test.each<Case>([
  ['a user without a verified e-mail address may be onboarded', { status: 'CONFIRMED' }, undefined],
  ['an unconfirmed one may not', { status: 'UNCONFIRMED' }, 'user status is UNCONFIRMED'],
  ['a disabled one may not', { status: 'CONFIRMED', enabled: false }, 'user is disabled'],
])('if no verified e-mail address is required, %s', (_, candidate, reason) => {
  expect(reasonNotToOnboard(candidate, { requireVerifiedEmail: false })).toBe(reason);
});

test.each([
  ['true', true],
  ['false', false],
  ['maybe', true],
])('REQUIRE_VERIFIED_EMAIL=%s', (value, requireVerifiedEmail) => {
  jest.replaceProperty(process, 'env', { ...process.env, REQUIRE_VERIFIED_EMAIL: value });

  expect(eligibilityRules()).toEqual({ requireVerifiedEmail });
});
