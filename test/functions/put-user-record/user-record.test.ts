import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { recordAttributes } from '../../../functions/put-user-record/user-record';
import { anyText } from '../../support/any-text';
import { confirmedUser, SUB } from '../../support/builders';
import { EVERYTHING } from '../../support/everything';

const now = new Date('2026-11-26T10:00:00Z');
const attributes = {
  email: 'ada@example.com',
  'custom:a.b': 'dotted',
  'custom:missing': null,
  address: '{"address_type":"home"}',
};
const user = confirmedUser({ username: 'ada', attributes });

test.each<[string, unknown]>([
  ['sub', SUB],
  ['username', 'ada'],
  ['now', '2026-11-26T10:00:00.000Z'],
  ['group', 'customers'],
  ['addresses', { home: { address_type: 'home' } }],
  ['address', '{"address_type":"home"}'],
  ['email', 'ada@example.com'],
  ['custom:a.b', 'dotted'],
  ['custom:missing', undefined],
  ['CreateTenant.id', 't-1'],
  ['CreateTenant.plan.seats', 5],
  ['CreateTenant.plan.limits.0', 'none'],
  ['CreateTenant.plan.seats.more', undefined],
  ['CreateTenant.plan.__proto__.x', undefined],
  ['CreateTenant.none', undefined],
  ['CreateTenant.constructor', undefined],
  ['CreateTenant.__proto__', undefined],
  ['Other.id', undefined],
])('<%s>', (name, expected) => {
  const steps = { CreateTenant: { id: 't-1', none: null, plan: { seats: 5, limits: ['none'] } } };

  expect(recordAttributes({ value: `<${name}>` }, { user, group: 'customers', steps, now }).value).toEqual(
    expected,
  );
});

test.each(['custom:unknown', 'constructor', '__proto__'])('nothing is known of <%s>', (name) => {
  expect(() => recordAttributes({ value: `for <${name}>` }, { user, now })).toThrow(
    `nothing is known of the user's ${name}`,
  );
});

test('without a group, what names it is left out', () => {
  const source = { user, group: null, now };

  expect(recordAttributes({ memberOf: '<group>', text: 'of <group>' }, source)).toEqual({});
});

test.each([
  ['a reserved name', '{"__proto__":{"admin":true}}'],
  ['a number beyond all precision', '{"n":1e300}'],
  ['more levels than DynamoDB has', `{"a":${'['.repeat(30)}${']'.repeat(30)}}`],
])('what DynamoDB cannot hold of a step is kept as text: %s', (_, json) => {
  const steps = { Step: { result: JSON.parse(json) } };

  expect(recordAttributes({ result: '<Step.result>' }, { user, steps, now })).toEqual({
    result: JSON.stringify(JSON.parse(json)),
  });
});

test('any text of a user and any result of a step can be stored', () => {
  const text = anyText();
  const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', ''));
  const result = fc
    .object({ key, maxDepth: 40, withNullPrototype: false })
    .map((value) => JSON.stringify(value));
  const templates = {
    email: '<email>',
    nested: { a: { b: { c: { d: '<Step.result>', e: 'x<email>' } } } },
    addresses: '<addresses>',
    text: '<email> <Step.result>',
  };
  fc.assert(
    fc.property(text, result, (email, json) => {
      const source = {
        user: confirmedUser({ attributes: { email, address: json } }),
        steps: { Step: { result: JSON.parse(json) } },
        now,
      };
      const record = recordAttributes(templates, source);

      expect(unmarshall(marshall(record))).toEqual(record);
      expect(record.email).toBe(email.toWellFormed());
      expect(({} as Record<string, unknown>).admin).toBeUndefined();
    }),
    { numRuns: EVERYTHING ? 2_000 : 300 },
  );
});
