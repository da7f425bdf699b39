import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSmallApp } from '../../support/small-app';
import { eventually } from '../../support/test-cloud';

const root = join(__dirname, '..', '..', '..');
const directory = mkdtempSync(join(tmpdir(), 'daily-loop-'));
const app = join(directory, 'cdk.out');
const answering = (text: string) =>
  `exports.handler = async () => { console.log('${text}'); return '${text}' }`;

let child: ChildProcess | undefined;

afterEach(() => child?.kill('SIGKILL'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Starts the command in the app's folder, and waits until it is up. */
async function start(...args: string[]) {
  const command = ['--import', require.resolve('tsx'), join(root, 'local', 'cli', 'command.ts')];
  const started = spawn(process.execPath, [...command, '--port', '0', ...args], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1' },
  });
  child = started;
  let output = '';
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = once(started, 'exit').then(([code]) => code);
  await eventually(async () => output.includes('Ctrl-C') || started.exitCode !== null);
  const endpoint = /open (http:\S+)\/console/.exec(output)?.[1];
  const invoke = async () => {
    const url = `${endpoint}/2015-03-31/functions/Fn/invocations`;
    return (await (await fetch(url, { method: 'POST' })).json()) as string;
  };
  return { process: started, output: () => output, ended, invoke };
}

test('--watch swaps a function after a synthesis', async () => {
  writeSmallApp(app, answering('one'));
  const { invoke, output, process: running, ended } = await start('--watch');

  expect(await invoke()).toBe('one');
  writeSmallApp(app, answering('two'));
  await eventually(async () => (await invoke()) === 'two');
  expect(output()).toContain('swapped Shop/Fn');

  running.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('--build makes the app, and again when a source changes; a failure is told', async () => {
  rmSync(app, { recursive: true, force: true });
  writeSmallApp(join(directory, 'template'), '@@');
  const build = `
    const { mkdirSync, readFileSync, writeFileSync } = require('fs');
    const answer = readFileSync('answer.txt', 'utf8');
    if (answer === 'broken') { console.error('cannot build this'); process.exit(3); }
    mkdirSync('cdk.out', { recursive: true });
    const template = readFileSync('template/Shop.template.json', 'utf8');
    writeFileSync('cdk.out/Shop.template.json', template.replace('@@', "exports.handler = async () => '" + answer + "'"));
    writeFileSync('cdk.out/manifest.json', readFileSync('template/manifest.json', 'utf8'));`;
  writeFileSync(join(directory, 'build.js'), build);
  writeFileSync(join(directory, 'answer.txt'), 'one');
  const { invoke, output } = await start('--build', `"${process.execPath}" build.js`);

  expect(await invoke()).toBe('one');
  writeFileSync(join(directory, 'answer.txt'), 'broken');
  await eventually(async () => output().includes('(exit code 3)'));
  expect(output()).toContain('cannot build this');
  expect(await invoke()).toBe('one');
  writeFileSync(join(directory, 'answer.txt'), 'two');
  await eventually(async () => (await invoke()) === 'two');
});

test('--logs prints what the functions write, by function', async () => {
  writeSmallApp(
    app,
    `exports.handler = async () => { console.warn({ event: 'Slow', ms: 7 }); return 'done' }`,
  );
  const { invoke, output } = await start('--logs');
  await invoke();

  await eventually(async () => /^\d\d:\d\d:\d\d Fn WARN Slow ms=7$/m.test(output()));
});

test('--inspect lets a debugger attach, and suspends the time-out', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  // The time-out of this function is the default, 3 s.
  writeSmallApp(
    app,
    `exports.handler = async () => { await new Promise((done) => setTimeout(done, 3500)); return 'late' }`,
  );
  const { invoke, output } = await start('--inspect', `fn:${port}`);
  const answer = invoke();
  await eventually(async () => {
    const targets = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
    return targets?.ok === true;
  });

  expect(output()).toContain(`a debugger can attach to Fn at 127.0.0.1:${port}`);
  expect(await answer).toBe('late');
});

test('--inspect names the functions if none matches', async () => {
  writeSmallApp(app, answering('one'));
  const { ended, output } = await start('--inspect', 'nobody');

  expect(await ended).toBe(1);
  expect(output()).toContain('no function matches: choose one of Fn');
});

// Only Linux shows the children of a process without a command.
if (process.platform === 'linux') {
  test('Ctrl-C during a build ends the build, with what it has started', async () => {
    writeSmallApp(app, answering('one'));
    const pidFile = join(directory, 'pid');
    rmSync(pidFile, { force: true });
    const running = start('--build', `echo $$ > ${pidFile}; sleep 600`);
    await eventually(async () => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
    child?.kill('SIGINT');
    const { ended } = await running;
    await ended;

    const pid = readFileSync(pidFile, 'utf8').trim();
    await eventually(async () => !existsSync(`/proc/${pid}`));
  });
}
