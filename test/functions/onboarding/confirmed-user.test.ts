import {
  attributeOf,
  confirmedUserOf,
  parseConfirmedUser,
} from '../../../functions/onboarding/confirmed-user';
import { confirmedUser, SUB } from '../../support/builders';

test('reads the fields of the contract and drops the rest', () => {
  const user = confirmedUser({ attributes: { address: '{"address_type":"home"}' } });

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
  [
    'an endless address',
    confirmedUser({ attributes: { address: 'a'.repeat(8193) } }),
    /attributes.address must be <=8192/,
  ],
  ['a user pool id that is a path', confirmedUser({ userPoolId: '../x' }), /userPoolId must be/],
])('refuses %s, saying what is wrong', (_, value, message) => {
  expect(() => parseConfirmedUser(value)).toThrow(message);
});

test('counts characters as Cognito does, not by their halves', () => {
  const user = confirmedUser({ attributes: { address: '😀'.repeat(2048) }, username: '😀'.repeat(128) });

  expect(parseConfirmedUser(user)).toEqual(user);
});

test('does not repeat the received value in its message', () => {
  expect(() => parseConfirmedUser({ ...confirmedUser(), sub: 'ada@example.com' })).toThrow(/^((?!ada).)*$/);
  expect(() => parseConfirmedUser(42)).toThrow(/^((?!42).)*$/);
});

describe('a message of the version before', () => {
  const { attributes, ...before } = confirmedUser();

  test.each([
    ['with an address', { address: 'Rue de Rivoli' }, { address: 'Rue de Rivoli' }],
    ['without one', {}, { address: null }],
  ])('%s is understood', (_, fields, expected) => {
    expect(parseConfirmedUser({ ...before, ...fields })).toEqual(confirmedUser({ attributes: expected }));
  });
});

describe('a user as Cognito describes them', () => {
  const user = { userPoolId: 'us-east-1_AbCdEfGhI', username: SUB };

  test('travels with the attributes that are named, and no others', () => {
    jest.replaceProperty(process, 'env', {
      ...process.env,
      USER_ATTRIBUTES: '["email","custom:plan","name"]',
    });
    const attributes = { sub: SUB, email: 'ada@example.com', 'custom:plan': '', phone_number: '+441' };

    expect(confirmedUserOf({ ...user, attributes })).toEqual(
      confirmedUser({ attributes: { email: 'ada@example.com', 'custom:plan': null, name: null } }),
    );
  });

  test('has no value where Cognito has none, which differs from what nobody asked for', () => {
    const user = confirmedUser({ attributes: { email: 'ada@example.com', name: null } });

    expect(attributeOf(user, 'email')).toBe('ada@example.com');
    expect(attributeOf(user, 'name')).toBeUndefined();
    for (const name of ['custom:plan', 'toString', '__proto__']) {
      expect(() => attributeOf(user, name)).toThrow(
        expect.objectContaining({
          name: 'AttributeUnknownError',
          message: expect.stringContaining(`nothing is known of the user's ${name}`),
        }),
      );
    }
  });

  test('must have a sub', () => {
    expect(() => confirmedUserOf({ ...user, attributes: {} })).toThrow(
      /sub must be string, but is undefined/,
    );
  });
});
