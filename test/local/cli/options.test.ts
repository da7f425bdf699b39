import { resolve } from 'node:path';
import { assertNotTakenByNpm, OPTIONS, parseOptions } from '../../../local/cli/options';

test('has defaults for everything', () => {
  expect(parseOptions([])).toEqual({
    stack: undefined,
    strict: false,
    once: false,
    watch: false,
    logs: false,
    port: 4566,
    outputsFile: undefined,
    signUp: true,
    guests: { origins: [], hosts: [] },
    help: false,
  });
});

test('reads every option', () => {
  expect(
    parseOptions(['--port', '0', '--outputs-file', 'out.json', '--no-sign-up', '--app', 'out']),
  ).toMatchObject({
    app: resolve('out'),
    port: 0,
    outputsFile: resolve('out.json'),
    signUp: false,
  });
  const guests = ['--allow-origin', 'http://localhost:3000', '--allow-origin', 'https://App.test'];
  expect(parseOptions([...guests, '--allow-host', 'App.test'])).toMatchObject({
    guests: { origins: ['http://localhost:3000', 'https://app.test'], hosts: ['app.test'] },
  });
  expect(parseOptions(['--stack', 'Prod/Shop', '--strict'])).toMatchObject({
    stack: 'Prod/Shop',
    strict: true,
  });
  expect(
    parseOptions(['--build', 'npm run synth', '--logs', '--inspect', 'put-user-record:9230']),
  ).toMatchObject({
    watch: true,
    build: 'npm run synth',
    logs: true,
    inspect: 'put-user-record:9230',
  });
  expect(parseOptions(['--once', '--help'])).toMatchObject({ once: true, help: true });
});

test.each([
  ['an unknown option', ['--onec'], /'--onec'.*--help/],
  ['an argument', ['once'], /'once'.*--help/],
  ['a port that is no number', ['--port', 'http'], /--port .*"http"/],
  ['a port that is too high', ['--port', '65536'], /--port .*"65536"/],
  ['a port that is missing', ['--port'], /--port.*--help/],
  ['a negative port', ['--port', '-1'], /^Option '--port' argument is ambiguous: see .*--help`$/],
  ['an empty name of a stack', ['--stack', ''], /--stack takes the name/],
  ['an empty path', ['--app', ''], /--app takes a path/],
  ['an origin with a path', ['--allow-origin', 'http://localhost:3000/app'], /like http.*3000\/app"/],
  ['any origin', ['--allow-origin', '*'], /--allow-origin takes .*"\*"/],
  ['an address as a host', ['--allow-host', 'http://app.test'], /--allow-host takes .*"http:\/\/app.test"/],
  ['contradicting options', ['--once', '--no-sign-up'], /choose one/],
  ['an end and a watch', ['--once', '--watch'], /choose one/],
  ['an empty command', ['--build', ' '], /--build takes a command/],
  ['a bad port of a debugger', ['--inspect', 'fn:99999'], /--inspect takes a function .*"fn:99999"/],
])('refuses %s, saying what to do', (_, args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});

test.each(Object.keys(OPTIONS))('notices that npm took --%s for its own', (option) => {
  // What is switched off is there under its positive name, and empty.
  const [name, value] = option.startsWith('no-') ? [option.slice('no-'.length), ''] : [option, 'true'];
  const env = { [`npm_config_${name.replaceAll('-', '_')}`]: value };

  expect(() => assertNotTakenByNpm(env)).toThrow(`npm start -- --${option}\``);
});

test('takes no setting of npm for an option', () => {
  expect(() => assertNotTakenByNpm({ npm_config_audit: 'false' })).not.toThrow();
});
