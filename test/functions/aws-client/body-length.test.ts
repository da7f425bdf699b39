import { calculateBodyLength as ofTheSdk } from '@smithy/core/serde';
import { calculateBodyLength } from '../../../functions/aws-client/body-length';

test.each(['{"name":"Zoë"}', '😀', new Uint8Array(3), Buffer.from('Zoë')])(
  'counts the bytes of %p as the SDK does',
  (body) => {
    expect(calculateBodyLength(body)).toBe(ofTheSdk(body));
  },
);

test('does not guess the length of a body of another kind', () => {
  expect(() => calculateBodyLength({ path: 'a' })).toThrow('a body of the type object');
});
