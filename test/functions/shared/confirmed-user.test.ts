import { parseConfirmedUser } from '../../../functions/shared/confirmed-user';
import { confirmedUser } from '../../support/builders';

test('takes what the contract names and leaves the rest behind', () => {
  const user = confirmedUser({ address: '{"address_type":"home"}' });

  expect(parseConfirmedUser({ ...user, email: 'ada@example.com', password: 'secret' })).toEqual(user);
});

test.each([
  ['nothing', undefined, /it: .*undefined/],
  ['text', '{}', /it: .*"{}"/],
  ['a missing sub', { ...confirmedUser(), sub: undefined }, /sub/],
  ['a sub that would break an execution name', { ...confirmedUser(), sub: 'a/b' }, /sub: .*"a\/b"/],
  ['an empty username', confirmedUser({ username: '' }), /username: .*0/],
  ['a username over 128 characters', confirmedUser({ username: 'a'.repeat(129) }), /username: .*129/],
  ['an address over 2,048 characters', confirmedUser({ address: 'a'.repeat(2049) }), /address: .*2049/],
  ['a user pool id that is a path', confirmedUser({ userPoolId: '../x' }), /userPoolId/],
])('refuses %s, saying what is wrong', (_, value, message) => {
  expect(() => parseConfirmedUser(value)).toThrow(message);
});

test('does not repeat an address in its message', () => {
  expect(() => parseConfirmedUser(confirmedUser({ address: 'Rue '.repeat(600) }))).toThrow(/^((?!Rue).)*$/);
});
