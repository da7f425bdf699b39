import fc from 'fast-check';
import {
  expandTemplate,
  parseTemplate,
  placeholdersIn,
  type Template,
} from '../../../functions/onboarding/template';
import { anyText } from '../../support/any-text';
import { EVERYTHING } from '../../support/everything';

const VALUES: Record<string, unknown> = {
  sub: 'f00d',
  email: 'ada@example.com',
  seats: 5,
  active: false,
  addresses: { home: { locality: 'London' } },
  nothing: null,
  empty: '',
};
const expand = (template: Template) =>
  expandTemplate(template, (name) => (Object.hasOwn(VALUES, name) ? VALUES[name] : undefined));

test.each<[string, Template, unknown]>([
  ['a literal', 'free', 'free'],
  ['an empty string', '', ''],
  ['a placeholder', '<email>', 'ada@example.com'],
  ['a placeholder in text', 'USER#<sub>', 'USER#f00d'],
  ['two placeholders', '<sub>/<email>', 'f00d/ada@example.com'],
  ['a number, which stays one', '<seats>', 5],
  ['false, which stays one', '<active>', false],
  ['an object, which stays one', '<addresses>', { home: { locality: 'London' } }],
  ['a number in text', '<seats> seats', '5 seats'],
  ['an object in text', 'at <addresses>', 'at {"home":{"locality":"London"}}'],
  ['an empty value', '<empty>', ''],
  ['a placeholder without a value', '<name>', undefined],
  ['text with a placeholder without a value', 'Dear <name>', undefined],
  ['null, which is no value', '<nothing>', undefined],
  ['values at any depth', { a: [{ b: '<sub>' }] }, { a: [{ b: 'f00d' }] }],
  ['members without a value', { a: '<name>', b: ['<name>', 'x'] }, { b: ['x'] }],
  ['no templates', { n: 1, t: true, z: null, l: [] }, { n: 1, t: true, z: null, l: [] }],
  ['<< for <', 'a << b', 'a < b'],
  ['<< before a placeholder', '<<<sub>>', '<f00d>'],
  ['<< as the whole text', '<<sub>', '<sub>'],
  ['a > alone', 'a > b', 'a > b'],
])('%s', (_, template, expected) => {
  expect(expand(template)).toEqual(expected);
});

test.each(['<', 'a < b', '<sub', '<>', '<a<b>', '<<<'])('%s is refused', (template) => {
  expect(() => parseTemplate(template)).toThrow(
    `template "${template}" has a < without a name and a >: write << for the character <`,
  );
});

test('each placeholder is named once', () => {
  expect(placeholdersIn({ a: '<sub> <email>', b: ['<sub>'], c: '<<sub>' })).toEqual(['sub', 'email']);
});

const hostile = fc.oneof(
  anyText(),
  fc.constantFrom('<sub>', '<<', '<', '__proto__', 'constructor', '${aws:PrincipalTag/sub}', '$.x', '\ud800'),
);
const name = fc.oneof(
  fc.constantFrom('sub', 'email', 'custom:plan', 'CreateTenant.id', '__proto__', 'constructor', 'toString'),
  fc.string({ minLength: 1 }).filter((text) => !/[<>]/.test(text)),
);

test('any value reaches its place unchanged, and is never read as a template', () => {
  fc.assert(
    fc.property(name, hostile, hostile, (placeholder, value, text) => {
      const literal = text.replaceAll('<', '<<');
      const answer = (asked: string) => (asked === placeholder ? value : undefined);

      expect(expandTemplate(`<${placeholder}>`, answer)).toBe(value);
      expect(expandTemplate(`${literal}<${placeholder}>${literal}`, answer)).toBe(`${text}${value}${text}`);
      expect(expandTemplate({ a: [literal, `<${placeholder}>`] }, answer)).toEqual({ a: [text, value] });
    }),
    { numRuns: EVERYTHING ? 2_000 : 300 },
  );
});

test('reserved names are ordinary members', () => {
  const expanded = expandTemplate(JSON.parse('{"__proto__":"<sub>","constructor":"x"}'), () => 'f00d');

  expect(Object.entries(expanded as object)).toEqual([
    ['__proto__', 'f00d'],
    ['constructor', 'x'],
  ]);
  expect(({} as Record<string, unknown>).f00d).toBeUndefined();
});
