import { filteredLines } from '../../../../local/console/logs/log-filter';
import { logEntry } from '../../../../local/console/shared/log-entry';

const ALL = { functionName: '', level: '', search: '' };
const ADA = 'sub-of-ada';

const line = (functionName: string, level: string, message: unknown, at = 1) => ({
  functionName,
  at,
  line: JSON.stringify({ timestamp: '', level, requestId: 'r1', message }),
});

const lines = [
  line('add', 'INFO', { event: 'UserAddedToGroup', sub: ADA }, 1),
  line('add', 'WARN', 'slow', 2),
  line('put', 'ERROR', { errorType: 'Error', errorMessage: 'no table', stackTrace: ['at put.ts:1'] }, 3),
  { functionName: 'put', at: 4, line: 'not JSON' },
];
const titles = (filter: object, directory = new Map<string, string>()) =>
  filteredLines(lines, { ...ALL, ...filter }, directory).map(({ title }) => title);

test('shows the newest line first', () => {
  expect(titles({})).toEqual(['not JSON', 'no table', 'slow', 'UserAddedToGroup']);
});

test.each([
  [{ functionName: 'add' }, ['slow', 'UserAddedToGroup']],
  [{ level: 'WARN' }, ['no table', 'slow']],
  [{ level: 'INFO', functionName: 'put' }, ['not JSON', 'no table']],
  [{ search: 'SUB-OF' }, ['UserAddedToGroup']],
  [{ search: 'nothing' }, []],
])('filters by %j', (filter, expected) => {
  expect(titles(filter)).toEqual(expected);
});

test('finds the lines about a user by their address, which no line holds', () => {
  expect(titles({ search: 'Ada@' }, new Map([[ADA, 'ada@example.com']]))).toEqual(['UserAddedToGroup']);
});

test('reads an error with its stack trace', () => {
  expect(
    logEntry(line('put', 'ERROR', { errorType: 'E', errorMessage: 'm', stackTrace: ['a', 'b'] })),
  ).toEqual(
    expect.objectContaining({
      level: 'ERROR',
      requestId: 'r1',
      title: 'm',
      details: { errorType: 'E', errorMessage: 'm' },
      stackTrace: ['a', 'b'],
    }),
  );
});

test.each(['{"broken', '{}', '{"message":null}', '{"level":7,"message":[1]}'])(
  'reads %s as it is',
  (text) => {
    expect(logEntry({ functionName: 'f', at: 0, line: text })).toMatchObject({ level: 'INFO', line: text });
  },
);
