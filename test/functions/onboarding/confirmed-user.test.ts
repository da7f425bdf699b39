import { parseConfirmedUser } from '../../../functions/onboarding/confirmed-user';
import { confirmedUser } from '../../support/builders';

test('reads the fields of the contract and drops the rest', () => {
  const user = confirmedUser({ address: '{"address_type":"home"}' });

  expect(parseConfirmedUser({ ...user, email: 'ada@example.com', password: 'secret' })).toEqual(user);
});

test.each([
  ['nothing', undefined, /it must be Object, but is undefined/],
  ['text', '{}', /it must be Object, but is a string of 2 characters/],
  ['a missing sub', { ...confirmedUser(), sub: undefined }, /sub/],
  [
    'a sub that would break an execution name',
    { ...confirmedUser(), sub: 'a/b' },
    /sub must be .*3 characters/,
  ],
  ['an empty username', confirmedUser({ username: '' }), /username must be !0/],
  ['an endless username', confirmedUser({ username: 'a'.repeat(513) }), /username must be <=512/],
  ['an endless address', confirmedUser({ address: 'a'.repeat(8193) }), /address must be <=8192/],
  ['a user pool id that is a path', confirmedUser({ userPoolId: '../x' }), /userPoolId must be/],
])('refuses %s, saying what is wrong', (_, value, message) => {
  expect(() => parseConfirmedUser(value)).toThrow(message);
});

test('counts characters as Cognito does, not by their halves', () => {
  const user = confirmedUser({ address: '😀'.repeat(2048), username: '😀'.repeat(128) });

  expect(parseConfirmedUser(user)).toEqual(user);
});

test('does not repeat the received value in its message', () => {
  expect(() => parseConfirmedUser({ ...confirmedUser(), sub: 'ada@example.com' })).toThrow(/^((?!ada).)*$/);
  expect(() => parseConfirmedUser(42)).toThrow(/^((?!42).)*$/);
});
