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
  const user = confirmedUser({ attributes: { 'custom:tenant': null } });

  expect(() => recordKey(user, { PK: '<custom:tenant>', SK: '<sub>' })).toThrow(
    "the user has no custom:tenant, which the record's key PK is made of",
  );
});

test.each([
  ['PK', 2048, { PK: '<sub><custom:note>', SK: 'USER' }],
  ['SK', 1024, { PK: 'USER', SK: '<sub><custom:note>' }],
  ['id', 2048, { id: '<sub><custom:note>' }],
])('%s has at most %d bytes, as DynamoDB counts them', (name, maxBytes, templates) => {
  const withNote = (bytes: number) => {
    const note = `${'ü'.repeat(400)}${'u'.repeat(bytes - SUB.length - 800)}`;
    return recordKey(confirmedUser({ attributes: { 'custom:note': note } }), templates);
  };

  expect(Buffer.byteLength(withNote(maxBytes)[name] ?? '')).toBe(maxBytes);
  expect(() => withNote(maxBytes + 1)).toThrow(
    `the record's key ${name} must have at most ${maxBytes} bytes, but has ${maxBytes + 1} for this user`,
  );
});
