import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparison, readRecording, recordingOf, writeRecording } from '../../../local/verify/fidelity';

const results = [{ name: 'the groups', passed: true, time: 1, detail: 'users' }];

test('two recordings are compared, and what differs comes first', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'recording-')), 'aws.json');
  writeRecording(file, recordingOf('AWS', results, { GetGroup: 'A', GetItem: 'Same' }));
  const local = recordingOf('local cloud', results, { GetGroup: 'B', GetItem: 'Same' });

  expect(comparison(readRecording(file), local).split('\n')).toEqual([
    '| | AWS | local cloud |',
    '| --- | --- | --- |',
    '| **GetGroup** | A | B |',
    '| the groups | passed | passed |',
    '| GetItem | Same | Same |',
  ]);
});

test('a file that is no recording is refused', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'recording-')), 'no.json');
  writeFileSync(file, '{}');

  expect(() => readRecording(file)).toThrow(/not a recording: write it with --record/);
});
