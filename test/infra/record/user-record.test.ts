import { inspect } from 'node:util';
import { attributesNamedBy, resolveRecord, type UserRecord } from '../../../infra/record/user-record';

const ALONE = { steps: [], publishesEvent: false };

test('the default', () => {
  expect(resolveRecord({}, ALONE)).toEqual({
    key: { PK: 'USER#<sub>', SK: 'USER#<sub>' },
    attributes: {
      username: '<username>',
      addresses: '<addresses>',
      shopping_cart: {},
      date_created: '<now>',
    },
    publishesEvent: false,
  });
});

test('what is given replaces its default whole', () => {
  expect(resolveRecord({ attributes: { plan: 'free' } }, ALONE).attributes).toEqual({ plan: 'free' });
  expect(resolveRecord({ key: { id: '<sub>' } }, ALONE).key).toEqual({ id: '<sub>' });
});

test('the attributes that templates name', () => {
  const record = resolveRecord(
    {
      key: { PK: '<custom:tenant>', SK: '<sub>' },
      attributes: { a: ['<addresses>', { b: '<email> <Step.email>' }], c: '<now> <group>' },
    },
    { ...ALONE, steps: ['Step'] },
  );

  expect(attributesNamedBy(record)).toEqual(['custom:tenant', 'address', 'email']);
});

const key = (templates: Record<string, unknown>) => ({ key: templates }) as UserRecord;
const attributes = (templates: Record<string, unknown>) => ({ attributes: templates });

test.each<[UserRecord, string]>([
  [key({ PK: 'USER', SK: 'PROFILE' }), 'record.key must hold <sub>'],
  [key({}), 'must have a partition key and at most a sort key, got: {}'],
  [key({ a: '<sub>', b: 'x', c: 'y' }), 'at most a sort key'],
  [key({ '': '<sub>' }), '1 to 255 bytes, got: ""'],
  [key({ PK: '' }), 'record.key.PK must be a template that is not empty'],
  [key({ PK: '<sub>', SK: 1 }), 'record.key.SK must be a template that is not empty, got: 1'],
  [
    key({ PK: 'USER#<username>', SK: '<sub>' }),
    'record.key.PK "USER#<username>" must not hold <username>: somebody else may sign up with the same name',
  ],
  [key({ PK: '<sub>', SK: '<now>' }), 'record.key.SK "<now>" must not hold <now>'],
  [key({ PK: '<sub>', SK: '<group>' }), 'must not hold <group>'],
  [key({ PK: '<sub>', SK: '<Tenant.id>' }), 'must not hold <Tenant.id>'],
  [
    key({ PK: '<sub>', SK: `<sub>${'ü'.repeat(513)}` }),
    'record.key.SK must have at most 1024 bytes, got: 1026 bytes without its placeholders',
  ],
  [key({ PK: `${'u'.repeat(2049)}<sub>` }), 'record.key.PK must have at most 2048 bytes, got: 2049'],
  [key({ PK: '<sub' }), 'record.key.PK: template "<sub" has a < without a name and a >'],
  [attributes({ PK: 'x' }), 'record.attributes must not contain PK: it is in record.key'],
  [
    attributes({ mail: '<e-mail>' }),
    "record.attributes.mail '<e-mail>' names the unknown placeholder <e-mail>",
  ],
  [attributes({ a: { b: ['<Email>'] } }), 'unknown placeholder <Email>'],
  [attributes({ a: '<cognito:user_status>' }), 'unknown placeholder <cognito:user_status>'],
  [attributes({ t: '<Tenant.id>' }), 'unknown placeholder <Tenant.id>: there is no step Tenant in steps'],
  [
    attributes({ t: '<Tenant.a..b>' }),
    'unknown placeholder <Tenant.a..b>: a placeholder is a Cognito attribute',
  ],
  [attributes({ t: 'a < b' }), 'record.attributes.t: template "a < b" has a <'],
  ...[
    { n: 2 ** 60 },
    { '': 1 },
    { a: { constructor: 1 } },
    { set: new Set([1]) },
    { none: undefined },
    { deep: [[[[[[1]]]]]] },
  ].map((value): [UserRecord, string] => [attributes(value), `got: ${inspect(value)}`]),
  ...[null, 'PK', ['<sub>'], 7].flatMap((value): [UserRecord, string][] =>
    ['key', 'attributes'].map((name) => [
      { [name]: value } as UserRecord,
      `record.${name} must be an object with a template for each name, got: ${inspect(value)}`,
    ]),
  ),
  [{ partitionKey: 'id' } as UserRecord, 'record has key and attributes, but no partitionKey'],
])('refuses %j', (record, message) => {
  expect(() => resolveRecord(record, ALONE)).toThrow(message);
});

test.each<[string, UserRecord]>([
  ['key', { key: { eventPending: '<sub>' } }],
  ['attributes', { attributes: { eventPending: 'today' } }],
])('with an event, the mark of a record must not be in record.%s', (where, record) => {
  expect(() => resolveRecord(record, { steps: [], publishesEvent: true })).toThrow(
    `record.${where} must not contain eventPending: with an eventBus, this attribute marks a record whose event`,
  );
  expect(() => resolveRecord(record, ALONE)).not.toThrow();
});
