import { parseVerifyOptions } from '../../../local/verify/options';

const FILE = ['--outputs-file', '/somewhere/outputs.json'];

test('reads the command line', () => {
  expect(
    parseVerifyOptions([...FILE, '--timeout', '1.5', '--attribute', 'custom:plan=a=b', '--disturb', '--yes']),
  ).toMatchObject({
    outputsFile: '/somewhere/outputs.json',
    attributes: { 'custom:plan': 'a=b' },
    timeLimit: 1_500,
    disturb: true,
  });
});

test.each([
  ['no file', [], /--outputs-file is missing/],
  ['an unknown option', [...FILE, '--distrub'], /'--distrub'.*--help/],
  ['a disturbance without consent', [...FILE, '--disturb'], /deletes the group.*add --yes/],
  ['an attribute without a value', [...FILE, '--attribute', 'plan'], /NAME=VALUE.*not "plan"/],
  ['a time of no length', [...FILE, '--timeout', '0'], /above 0, not "0"/],
])('refuses %s', (_, args, message) => {
  expect(() => parseVerifyOptions(args)).toThrow(message);
});

test('asks for nothing to be verified with --help', () => {
  expect(parseVerifyOptions(['--help'])).toBeUndefined();
});
