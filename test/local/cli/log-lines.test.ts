import { stripVTControlCharacters } from 'node:util';
import { readableLine } from '../../../local/cli/log-lines';

const readable = (line: string) => {
  return stripVTControlCharacters(readableLine({ functionName: 'Fn', at: 0, line }));
};
const entry = (level: string, message: unknown) => {
  return JSON.stringify({ timestamp: '2026-11-26T12:34:56.789Z', level, requestId: 'r', message });
};

test.each([
  ['a text', entry('INFO', 'hello'), '12:34:56 Fn hello'],
  ['a level that matters', entry('WARN', 'slow'), '12:34:56 Fn WARN slow'],
  [
    'an event with its members',
    entry('INFO', { event: 'Done', ms: 7, who: { a: 1 } }),
    '12:34:56 Fn Done ms=7 who={"a":1}',
  ],
  [
    'an error with its stack trace, a frame on each line',
    entry('ERROR', { errorType: 'TypeError', stackTrace: ['TypeError: no', '  at run (a.ts:1:2)'] }),
    '12:34:56 Fn ERROR errorType=TypeError\n    TypeError: no\n    at run (a.ts:1:2)',
  ],
  ['no message', entry('INFO', null), '12:34:56 Fn null'],
  ['plain text', 'Debugger listening', 'Fn Debugger listening'],
  ['JSON of another format', '{"level":30}', 'Fn {"level":30}'],
])('%s', (_, line, expected) => {
  expect(readable(line)).toBe(expected);
});
