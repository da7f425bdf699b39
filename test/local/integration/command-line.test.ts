import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { OPTIONS } from '../../../local/cli/options';
import { eventually } from '../../support/test-cloud';

const root = join(__dirname, '..', '..', '..');
const app = ['--app', process.env.TEST_CLOUD_ASSEMBLY as string, '--port', '0'];
const running = new Set<ChildProcess>();

function start(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join('scripts', 'start.ts'), ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  });
  running.add(child);
  const ended = once(child, 'exit').then(async ([code]) => {
    running.delete(child);
    return { code, stdout: await stdout, stderr: await stderr };
  });
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  return { child, ended };
}

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

test('--once onboards the demo user, shows everything about it, and ends', async () => {
  const { code, stdout } = await start(...app, '--once').ended;

  expect(stdout).toMatch(/AddUserToGroup +[\d.]+ m?s/);
  expect(stdout).toMatch(/PutUserRecord +[\d.]+ m?s/);
  expect(stdout).toMatch(/Group +users/);
  expect(stdout).toMatch(/"PK": "USER#[0-9a-f-]{36}"/);
  expect(stdout).toContain('cognito:groups = ["users"]');
  expect(stdout).toContain('The user is onboarded.');
  expect(code).toBe(0);
});

test('stays up until it is interrupted, with its outputs in a file, and leaves nothing behind', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'outputs-'));
  const file = join(directory, 'outputs.json');
  const { child, ended } = start(...app, '--no-sign-up', '--outputs-file', file);
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes('Ctrl-C') && resolve());
  });

  const { UserOnboarding: outputs } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(directory, { recursive: true });
  const health = await fetch(`${outputs.LocalEndpoint}/_local/health`);
  child.kill('SIGINT');
  const { code, stdout } = await ended;

  expect(await health.json()).toEqual({ status: 'ok' });
  expect(outputs).toMatchObject({ GroupName: 'users', UserPoolId: expect.stringMatching(/^us-east-1_/) });
  expect(stdout).toContain(`export AWS_ENDPOINT_URL=${outputs.LocalEndpoint} `);
  expect(stdout).toContain(`open ${outputs.LocalEndpoint}/console.`);
  expect(code).toBe(0);
  await expect(fetch(`${outputs.LocalEndpoint}/_local/health`)).rejects.toThrow();
});

test.each([
  ['an unknown option', ['--onec'], /'--onec'.*--help/],
  ['a directory that contains no app', ['--app', 'docs'], /no synthesized app in .*docs/],
])('refuses %s', async (_, args, message) => {
  const { code, stderr } = await start(...args).ended;

  expect(stderr).toMatch(message);
  expect(code).toBe(1);
});

test('says that a port is in use, and what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const { code, stderr } = await start('--port', String(port)).ended;
  server.close();

  // It says so at once, and not after it has built everything.
  expect(stderr).not.toContain('bundle the functions');
  expect(stderr).toMatch(new RegExp(`port ${port} is in use.*--port`));
  expect(code).toBe(1);
});

test('two starts in one checkout do not take each other’s files away, nor those of a deployment', async () => {
  const deployed = join(root, 'dist', 'of-a-deployment.txt');
  writeFileSync(deployed, '');
  const first = start('--no-sign-up', '--port', '0');
  // The second begins to build while the first still reads what it has built.
  await once(first.child.stderr as NodeJS.ReadableStream, 'data');
  const second = start('--no-sign-up', '--port', '0');
  const ends = await Promise.all(
    [first, second].map(async ({ child, ended }) => {
      const isUp = new Promise<void>((resolve) => {
        child.stdout?.on('data', (chunk) => String(chunk).includes('Ctrl-C') && resolve());
      });
      await Promise.race([isUp, ended]);
      child.kill('SIGINT');
      return ended;
    }),
  );
  const isLeft = existsSync(deployed);
  rmSync(deployed, { force: true });

  expect(ends.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual([0, 0]);
  expect(isLeft).toBe(true);
});

test('--help lists every option', async () => {
  const { code, stdout } = await start('--help').ended;

  for (const option of Object.keys(OPTIONS)) expect(stdout).toMatch(new RegExp(`^  --${option} `, 'm'));
  expect(code).toBe(0);
});

// Only Linux shows the children of a process without a command.
if (process.platform === 'linux') {
  test('its functions end with it, even when it is killed', async () => {
    const { child, ended } = start(...app, '--once');
    let functions: string[] = [];
    await eventually(async () => {
      functions = processesOf(child.pid);
      return functions.length > 0;
    });

    child.kill('SIGKILL');
    await ended;

    await eventually(async () => functions.every((pid) => !existsSync(`/proc/${pid}`)));
  });
}

/** The children of a process, on Linux. */
function processesOf(pid: number | undefined): string[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean) : [];
}
