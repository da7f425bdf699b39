import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertInterpretable } from '../../../local/step-functions/definition-limits';

test('accepts the definition of the onboarding', () => {
  const file = join(__dirname, '..', '..', '..', 'state-machines', 'onboarding.asl.json');

  expect(() => assertInterpretable(JSON.parse(readFileSync(file, 'utf8')))).not.toThrow();
});

test.each([
  ['JSONata', { QueryLanguage: 'JSONata' }, /definition: .*JSONata/],
  ['a ResultPath of $', { States: { A: { ResultPath: '$' } } }, /definition\.States\.A: .*ResultPath/],
  ['a Pass with an empty result', { States: { A: { Type: 'Pass', Result: 0 } } }, /empty Result/],
  [
    'a negated type test',
    { Choices: [{ Variable: '$.a', IsPresent: false }] },
    /Choices\.0: .*IsPresent.*use Not/,
  ],
  [
    'what the context object says of the state',
    { A: { 'retry.$': '$$.State.RetryCount' } },
    /State\.RetryCount/,
  ],
  ['States.JsonToString', { A: { 'text.$': 'States.JsonToString($.a)' } }, /JsonToString/],
])('refuses %s, naming the place', (_, definition, message) => {
  expect(() => assertInterpretable(definition)).toThrow(message);
});
