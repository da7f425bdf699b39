import { recordKey } from '../../../functions/onboarding/record-key';
import { confirmedUser, SUB } from '../../support/builders';

test.each([
  [
    { PK: 'USER#<sub>', SK: 'USER#<sub>' },
    { PK: `USER#${SUB}`, SK: `USER#${SUB}` },
  ],
  [
    { PK: 'ACCOUNT#<sub>', SK: 'PROFILE' },
    { PK: `ACCOUNT#${SUB}`, SK: 'PROFILE' },
  ],
  [{ id: '<sub>' }, { id: SUB }],
  [
    { PK: '<custom:tenant>', SK: '<sub>' },
    { PK: 'acme <sub>', SK: SUB },
  ],
])('%j', (templates, key) => {
  expect(recordKey(confirmedUser({ attributes: { 'custom:tenant': 'acme <sub>' } }), templates)).toEqual(key);
});

test('a user without an attribute of the key is refused, and what is missing is named', () => {
  expect(() => recordKey(confirmedUser(), { PK: '<custom:tenant>', SK: '<sub>' })).toThrow(
    "the user has no custom:tenant, which the record's key PK is made of",
  );
});
