import fc from 'fast-check';
import { type GroupRule, groupOf } from '../../../functions/onboarding/group-rule';
import { anyText } from '../../support/any-text';
import { confirmedUser } from '../../support/builders';

/** What a confirmed user always says, if only that there is no value. */
const NO_VALUES = { 'custom:plan': null, email: null, email_verified: null };
const chosenBy = (rule: GroupRule, attributes: Record<string, string>) =>
  groupOf(confirmedUser({ attributes: { ...NO_VALUES, ...attributes } }), rule);

test('a name is the group of everybody', () => {
  expect(chosenBy({ by: 'name', group: 'users' }, {})).toBe('users');
});

describe('an attribute', () => {
  const rule: GroupRule = {
    by: 'attribute',
    attribute: 'custom:plan',
    groups: { pro: 'professionals', free: 'customers' },
  };

  test.each<[string, Record<string, string>, string | null]>([
    ['its value', { 'custom:plan': 'pro' }, 'professionals'],
    ['a value that is not named', { 'custom:plan': 'max' }, null],
    ['a value in other letters', { 'custom:plan': 'Pro' }, null],
    ['a reserved name', { 'custom:plan': 'constructor' }, null],
    ['the name of the prototype', { 'custom:plan': '__proto__' }, null],
    ['no value', {}, null],
  ])('chooses by %s', (_, attributes, group) => {
    expect(chosenBy(rule, attributes)).toBe(group);
    expect(chosenBy({ ...rule, otherwise: 'others' }, attributes)).toBe(group ?? 'others');
  });
});

describe('an e-mail domain', () => {
  const rule: GroupRule = { by: 'emailDomain', groups: { 'acme.example': 'staff' } };
  const verified = (email: string) => ({ email, email_verified: 'true' });

  test.each<[string, Record<string, string>, string | null]>([
    ['a verified address', verified('ada@acme.example'), 'staff'],
    ['a domain in other letters', verified('ada@ACME.Example'), 'staff'],
    ['what comes after the last @', verified('"ada@other.example"@acme.example'), 'staff'],
    ['another domain after the last @', verified('"ada@acme.example"@other.example'), null],
    ['a verification in other letters', { ...verified('ada@acme.example'), email_verified: 'True' }, 'staff'],
    ['an address that is not verified', { email: 'ada@acme.example', email_verified: 'false' }, null],
    ['an address of which nothing is known', { email: 'ada@acme.example' }, null],
    ['a subdomain', verified('ada@mail.acme.example'), null],
    ['a longer domain', verified('ada@notacme.example'), null],
    ['a domain that goes on', verified('ada@acme.example.org'), null],
    ['text without an @', verified('acme.example'), null],
    ['no address', { email_verified: 'true' }, null],
  ])('chooses by %s', (_, attributes, group) => {
    expect(chosenBy(rule, attributes)).toBe(group);
    expect(chosenBy({ ...rule, otherwise: 'others' }, attributes)).toBe(group ?? 'others');
  });
});

test.each<[string, GroupRule, Record<string, string | null>]>([
  [
    'custom:plan',
    { by: 'attribute', attribute: 'custom:plan', groups: { pro: 'professionals' }, otherwise: 'customers' },
    { address: null },
  ],
  [
    'email',
    { by: 'emailDomain', groups: { 'acme.example': 'staff' }, otherwise: 'customers' },
    { address: null },
  ],
  [
    'email_verified',
    { by: 'emailDomain', groups: { 'acme.example': 'staff' }, otherwise: 'customers' },
    { email: 'ada@acme.example' },
  ],
])('where nothing is known of %s, no group is chosen', (name, rule, attributes) => {
  expect(() => groupOf(confirmedUser({ attributes }), rule)).toThrow(
    `nothing is known of the user's ${name}`,
  );
});

test('whatever a user writes, they join only a group of the rule', () => {
  const text = fc.oneof(anyText(), fc.constantFrom('__proto__', 'constructor', 'toString', 'pro'));
  fc.assert(
    fc.property(text, (value) => {
      const rule: GroupRule = { by: 'attribute', attribute: 'custom:plan', groups: { pro: 'professionals' } };

      expect(chosenBy(rule, { 'custom:plan': value })).toBe(value === 'pro' ? 'professionals' : null);
    }),
  );
});
