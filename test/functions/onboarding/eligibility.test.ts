import {
  eligibilityRules,
  type OnboardingCandidate,
  reasonNotToOnboard,
  type SkipReason,
} from '../../../functions/onboarding/eligibility';
import { identityAt } from '../../support/builders';

type Case = [who: string, candidate: OnboardingCandidate, reason: SkipReason | undefined];

const verified = { emailVerified: 'true' };
const unverified = { emailVerified: 'false' };
const google = { identities: identityAt('Google') };
const saml = { identities: identityAt('SAML') };

test.each<Case>([
  ['a confirmed user', { status: 'CONFIRMED', ...verified }, undefined],
  ['one verified by hand', { status: 'CONFIRMED', emailVerified: 'True' }, undefined],
  ['an enabled one', { status: 'CONFIRMED', ...verified, enabled: true }, undefined],
  ['one who must reset their password', { status: 'RESET_REQUIRED', ...verified }, undefined],
  ['a federated one', { status: 'EXTERNAL_PROVIDER', ...unverified, ...google }, undefined],
  ['a federated one whose identities are not known', { status: 'EXTERNAL_PROVIDER' }, undefined],
  ['a federated one with a password', { status: 'CONFIRMED', ...unverified, ...google }, undefined],
  ['a confirmed one who is linked', { status: 'CONFIRMED', ...unverified, ...saml }, undefined],
  ['one with a temporary password who is linked', { status: 'FORCE_CHANGE_PASSWORD', ...google }, undefined],
  ['an unconfirmed one who is linked', { status: 'UNCONFIRMED', ...google }, undefined],
  ['one in a status of tomorrow who is linked', { status: 'NEW', ...google }, undefined],
])('%s may be onboarded', (_, candidate, reason) => {
  expect(reasonNotToOnboard(candidate, { requireVerifiedEmail: true })).toBe(reason);
});

test.each<Case>([
  ['an unconfirmed user', { status: 'UNCONFIRMED', ...verified }, 'Unconfirmed'],
  ['one with a temporary password', { status: 'FORCE_CHANGE_PASSWORD', ...verified }, 'NeverSignedIn'],
  ['an archived one', { status: 'ARCHIVED', ...verified }, 'StatusNotAccepted'],
  ['an archived one who is linked', { status: 'ARCHIVED', ...google }, 'StatusNotAccepted'],
  ['a compromised one', { status: 'COMPROMISED', ...verified }, 'StatusNotAccepted'],
  ['a compromised one who is linked', { status: 'COMPROMISED', ...google }, 'StatusNotAccepted'],
  ['an unknown one', { status: 'UNKNOWN', ...verified }, 'StatusNotAccepted'],
  ['one in a status of tomorrow', { status: 'confirmed', ...verified }, 'StatusNotAccepted'],
  ['one without a status', { ...verified }, 'StatusNotAccepted'],
  ['one with an empty status', { status: '', ...verified }, 'StatusNotAccepted'],
  ['one without a verification', { status: 'CONFIRMED' }, 'EmailNotVerified'],
  ['one with an unverified e-mail address', { status: 'CONFIRMED', ...unverified }, 'EmailNotVerified'],
  ['one who was linked once', { status: 'CONFIRMED', ...unverified, identities: '[]' }, 'EmailNotVerified'],
  [
    'one who resets their password, unverified',
    { status: 'RESET_REQUIRED', ...unverified },
    'EmailNotVerified',
  ],
  ['a disabled one', { status: 'CONFIRMED', ...verified, enabled: false }, 'Disabled'],
  ['a disabled federated one', { status: 'EXTERNAL_PROVIDER', ...google, enabled: false }, 'Disabled'],
])('%s may not be onboarded, with the reason', (_, candidate, reason) => {
  expect(reasonNotToOnboard(candidate, { requireVerifiedEmail: true })).toBe(reason);
});

test.each<Case>([
  ['a user without a verified e-mail address may be onboarded', { status: 'CONFIRMED' }, undefined],
  ['an unconfirmed one may not', { status: 'UNCONFIRMED' }, 'Unconfirmed'],
  ['a disabled one may not', { status: 'CONFIRMED', enabled: false }, 'Disabled'],
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
