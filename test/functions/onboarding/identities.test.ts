import fc from 'fast-check';
import { hasIdentity } from '../../../functions/onboarding/identities';
import { identityAt } from '../../support/builders';

test.each([
  ['one provider', identityAt('Google')],
  ['two providers', JSON.stringify([JSON.parse(identityAt('Google'))[0], JSON.parse(identityAt('SAML'))[0]])],
])('%s', (_, identities) => {
  expect(hasIdentity(identities)).toBe(true);
});

test.each([
  ['none', undefined],
  ['an empty text', ''],
  ['an empty list', '[]'],
  ['no list', '{"userId":"7","providerName":"Google"}'],
  ['no JSON', 'Google'],
  ['null', 'null'],
  ['an entry without a provider', '[{"userId":"7"}]'],
  ['an entry that is null', '[null]'],
])('%s is no identity', (_, identities) => {
  expect(hasIdentity(identities)).toBe(false);
});

test('no text throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof hasIdentity(text) === 'boolean'));
});
