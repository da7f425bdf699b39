import { unfitForIndex } from '../../../functions/put-user-record/index-keys';

const string = { type: 'S', maxBytes: 4 };
const number = { type: 'N', maxBytes: 4 };

test.each<[string, unknown, typeof string, boolean]>([
  ['text', 'abcd', string, true],
  ['text of too many characters', 'abcde', string, false],
  ['text of too many bytes', 'ééé', string, false],
  ['an empty string', '', string, false],
  ['a number for text', 5, string, false],
  ['a number', 5, number, true],
  ['text for a number', '5', number, false],
  ['a map', {}, string, false],
  ['text for bytes', 'a', { type: 'B', maxBytes: 4 }, false],
])('%s', (_, value, key, fits) => {
  expect(unfitForIndex({ a: value }, { a: key })).toEqual(fits ? [] : ['a']);
});

test('an attribute that the record does not have is no problem', () => {
  expect(unfitForIndex({}, { a: string, constructor: string })).toEqual([]);
});
