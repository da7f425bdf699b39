import { flowOf, parametersOf } from '../../../../local/console/states/data-flow';

test('tells what a state added, changed, removed and left', () => {
  const before = { user: { sub: '1', tags: ['a'] }, old: null };
  const after = { user: { sub: '1', tags: ['b'] }, group: { name: 'users' } };

  expect(flowOf(before, after)).toEqual([
    { path: '$.user.sub', before: '"1"', after: '"1"', change: 'Same' },
    { path: '$.user.tags[0]', before: '"a"', after: '"b"', change: 'Changed' },
    { path: '$.old', before: 'null', after: undefined, change: 'Removed' },
    { path: '$.group.name', before: undefined, after: '"users"', change: 'Added' },
  ]);
});

test('an empty object and a name with other characters are values and paths, too', () => {
  expect(flowOf({}, { 'custom:plan': {}, list: [] })).toEqual([
    { path: '$', before: '{}', after: undefined, change: 'Removed' },
    { path: '$["custom:plan"]', before: undefined, after: '{}', change: 'Added' },
    { path: '$.list', before: undefined, after: '[]', change: 'Added' },
  ]);
});

test('tells where each parameter was taken from', () => {
  const template = {
    FunctionName: 'add',
    Payload: { 'user.$': '$.confirmedUser', 'id.$': '$$.Execution.Id' },
  };
  const parameters = { FunctionName: 'add', Payload: { user: { sub: '1' }, id: 'arn', username: 'x' } };

  expect(parametersOf(template, parameters)).toEqual([
    { path: '$.FunctionName', source: undefined, value: '"add"' },
    { path: '$.Payload.user.sub', source: '$.confirmedUser', value: '"1"' },
    { path: '$.Payload.id', source: '$$.Execution.Id', value: '"arn"' },
    { path: '$.Payload.username', source: undefined, value: '"x"' },
  ]);
});

test('a task without parameters gets its input', () => {
  expect(parametersOf(undefined, { a: 1 })).toEqual([{ path: '$.a', source: '$.a', value: '1' }]);
});
