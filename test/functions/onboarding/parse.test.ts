import fc from 'fast-check';
import * as v from 'valibot';
import { InvalidInputError, parse, parseJson } from '../../../functions/onboarding/parse';

const PetSchema = v.object({
  name: v.pipe(v.string(), v.maxLength(10)),
  age: v.optional(v.number(), 0),
  owner: v.optional(v.object({ phone: v.string() })),
});

const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('parse', () => {
  test('reads what the schema describes, with its defaults, and drops the rest', () => {
    expect(parse(PetSchema, { name: 'Rex', colour: 'red' }, 'a pet')).toEqual({ name: 'Rex', age: 0 });
  });

  test('says what was expected, and names each wrong field by its path', () => {
    const message = messageOf(() => parse(PetSchema, { age: 'seven', owner: { phone: 441 } }, 'a pet'));

    expect(message).toBe(
      'not a pet: name must be given, but is undefined; ' +
        'age must be number, but is a string of 5 characters; ' +
        'owner.phone must be string, but is number',
    );
  });

  test('throws an error whose name the state machine can match', () => {
    expect(() => parse(PetSchema, null, 'a pet')).toThrow(
      expect.objectContaining({ name: 'InvalidInputError' }),
    );
  });

  test('never repeats what it received', () => {
    const secret = fc.oneof(
      fc.constant('12 Rue de Rivoli'),
      fc.constant({ name: '12 Rue de Rivoli' }),
      fc.constant({ name: ['12 Rue de Rivoli'], owner: '12 Rue de Rivoli' }),
      fc.constant({ name: 'Rex', '12 Rue de Rivoli': 1, age: '12 Rue de Rivoli' }),
      fc.constant({ name: 'Rex', owner: { phone: { home: '12 Rue de Rivoli' } } }),
      fc.constant(['12 Rue de Rivoli']),
    );
    fc.assert(
      fc.property(secret, (value) => {
        expect(messageOf(() => parse(PetSchema, value, 'a pet'))).not.toContain('Rivoli');
      }),
    );
  });
});

describe('parseJson', () => {
  test('reads any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    ['no text at all', '', 0],
    ['plain text', 'Rue de Rivoli', 13],
    ['cut-off JSON', '{"address":"Rue de Rivoli', 25],
    ['something behind the JSON', '{} Rue de Rivoli', 16],
    ['half a number', '4x', 2],
  ])('gives only the length of %s, and does not repeat it', (_, text, length) => {
    expect(messageOf(() => parseJson(text))).toBe(`not JSON: it is a string of ${length} characters`);
  });
});
