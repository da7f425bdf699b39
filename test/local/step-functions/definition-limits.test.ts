import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertInterpretable } from '../../../local/step-functions/definition-limits';

test('accepts the definition of the onboarding', () => {
  const file = join(__dirname, '..', '..', '..', 'state-machines', 'onboarding.asl.json');

  expect(() => assertInterpretable(JSON.parse(readFileSync(file, 'utf8')))).not.toThrow();
});

test.each([
  { A: { Comment: 'like $$.State.Name, or $$' } },
  { A: { 'id.$': '$$.Execution.Id', 'name.$': '$$.StateMachine.Name', 'input.$': '$$.Execution.Input' } },
  { A: { Type: 'Map', ItemSelector: { 'item.$': '$$.Map.Item.Value' } } },
])('accepts %j', (definition) => {
  expect(() => assertInterpretable(definition)).not.toThrow();
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
  ['the whole context object', { A: { 'all.$': '$$' } }, /object's \$\$ here/],
  ['the whole of the execution', { A: { 'all.$': '$$.Execution' } }, /\$\$\.Execution here/],
  [
    'the state in an intrinsic function',
    { A: { 'a.$': "States.Format('{}', $$.State.Name)" } },
    /\$\$\.State\.Name/,
  ],
  [
    "an iterator's use of the execution's input",
    { States: { A: { ItemProcessor: { States: { B: { Parameters: { 'a.$': '$$.Execution.Input' } } } } } } },
    /A\.ItemProcessor\.States\.B\.Parameters: .*\$\$\.Execution\.Input/,
  ],
  [
    "a branch's use of the item around it",
    { States: { A: { Branches: [{ States: { B: { InputPath: '$$.Map.Item.Value' } } }] } } },
    /A\.Branches\.0\.States\.B: .*Map\.Item/,
  ],
  [
    'paths in the parameters of a Map that has a Catch',
    { A: { Type: 'Map', ItemSelector: { 'a.$': '$.a' }, Catch: [] } },
    /A: .*parameters of a Map state that has a Retry or a Catch/,
  ],
  [
    'paths in the parameters of a Parallel that has a Retry',
    { A: { Type: 'Parallel', Parameters: { b: { 'a.$': '$.a' } }, Retry: [] } },
    /parameters of a Parallel state/,
  ],
  ['variables', { A: { Type: 'Pass', Assign: { a: 1 } } }, /A: .*Assign/],
  ['the role of another account', { A: { Type: 'Task', Credentials: {} } }, /Credentials/],
  ['a distributed Map', { ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' } } }, /distributed Map/],
  ['a reader of items', { A: { Type: 'Map', ItemReader: {} } }, /ItemReader/],
  ['a time-out from the input', { A: { Type: 'Task', TimeoutSecondsPath: '$.a' } }, /TimeoutSecondsPath/],
  ['a computed cause', { A: { Type: 'Fail', CausePath: "States.Format('{}', $.a)" } }, /in CausePath/],
  ['a computed start time', { A: { 'a.$': 'States.Array($$.Execution.StartTime)' } }, /StartTime in an/],
  ['States.Base64Decode', { A: { 'text.$': 'States.Base64Decode($.a)' } }, /Base64Decode/],
  ['States.JsonToString', { A: { 'text.$': 'States.JsonToString($.a)' } }, /JsonToString/],
])('refuses %s, naming the place', (_, definition, message) => {
  expect(() => assertInterpretable(definition)).toThrow(message);
});
