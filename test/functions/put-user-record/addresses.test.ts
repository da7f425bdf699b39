import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { addressesOf } from '../../../functions/put-user-record/addresses';
import { anyText } from '../../support/any-text';
import { EVERYTHING } from '../../support/everything';

test.each([
  ['a missing address', undefined, {}],
  ['an empty address', '', {}],
  [
    'a typed address',
    '{"address_type":"work","locality":"Paris"}',
    { work: { address_type: 'work', locality: 'Paris' } },
  ],
  [
    'the address of the application that this one replaces',
    '{"address_type":"home","street_address":"1 Main St"}',
    { home: { address_type: 'home', street_address: '1 Main St' } },
  ],
  ['an address without a type', '{"locality":"Paris"}', { default: { locality: 'Paris' } }],
  ['an empty type', '{"address_type":"","a":1}', { default: { address_type: '', a: 1 } }],
  ['a type that is not text', '{"address_type":7,"a":1}', { default: { address_type: 7, a: 1 } }],
  ['plain text', '12 St James Square', { default: { formatted: '12 St James Square' } }],
  ['a JSON text', '"12 St James"', { default: { formatted: '"12 St James"' } }],
  ['a JSON list', '["a"]', { default: { formatted: '["a"]' } }],
  ['JSON null', 'null', { default: { formatted: 'null' } }],
  ['cut-off JSON', '{"address_type":"ho', { default: { formatted: '{"address_type":"ho' } }],
])('%s', (_, attribute, addresses) => {
  expect(addressesOf(attribute)).toEqual(addresses);
});

describe('hostile addresses are kept and do no harm', () => {
  test.each(['__proto__', 'constructor'])('%s as the type', (type) => {
    const address = { address_type: type, a: 1 };

    expect(addressesOf(JSON.stringify(address))).toEqual({ default: address });
  });

  test.each([
    ['__proto__ as a key', '{"address_type":"home","__proto__":{"admin":true}}'],
    ['__proto__ deep inside', '{"address_type":"home","a":[{"__proto__":{"admin":true}}]}'],
    ['constructor as a key', '{"address_type":"home","constructor":{"name":"Set"}}'],
    ['an empty key', '{"address_type":"home","":1}'],
    ['a number beyond the precision of numbers', '{"address_type":"home","zip":12345678901234567890}'],
    ['a number beyond all numbers', '{"address_type":"home","zip":1e999}'],
    ['a number too small for DynamoDB', '{"address_type":"home","zip":1e-200}'],
    ['half a character', '{"address_type":"home","a":"\\ud800"}'],
    ['half a character as a key', '{"address_type":"home","\\ud800":"a"}'],
    ['more levels than DynamoDB has', `{"address_type":"home","a":${'['.repeat(40)}${']'.repeat(40)}}`],
  ])('%s is kept as text', (_, attribute) => {
    expect(addressesOf(attribute)).toEqual({ default: { formatted: attribute } });
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test('any text reaches the item as one address, unchanged', () => {
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom('address_type', '__proto__', 'constructor', 'toString', ''),
    );
    const json = fc
      .object({ key, maxDepth: 40, withNullPrototype: false })
      .map((value) => JSON.stringify(value));
    const text = fc.oneof(anyText({ maxLength: 2048 }), json).filter((attribute) => attribute !== '');
    fc.assert(
      fc.property(text, (attribute) => {
        const addresses = addressesOf(attribute);
        expect(Object.keys(addresses)).toHaveLength(1);
        expect(unmarshall(marshall(addresses))).toEqual(addresses);
      }),
      { numRuns: EVERYTHING ? 2_000 : 300 },
    );
  });
});
