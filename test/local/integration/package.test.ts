import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from 'esbuild';
import { buildLocal } from '../../../scripts/build-local';
import { publishedFiles } from '../../support/published-files';
import { eventually } from '../../support/test-cloud';

const run = promisify(execFile);
const root = join(__dirname, '..', '..', '..');
const modules = join(root, 'node_modules');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const app = mkdtempSync(join(tmpdir(), 'local-package-'));
const installed = join(app, 'node_modules', 'confirmed-user-onboarding-local');

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Record<string, string>;
}

let manifest: Manifest;

/** Unpacks what npm would publish; its dependencies are the project's own. */
async function install(folder: string): Promise<void> {
  const options = ['pack', '--ignore-scripts', '--json', '--pack-destination', app];
  const { stdout } = await run(npm, options, { cwd: folder });
  const [{ name, filename }] = JSON.parse(stdout);
  const target = join(app, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  await run('tar', ['-xzf', join(app, filename), '--strip-components=1', '-C', target]);
}

function link(name: string): void {
  const target = join(app, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  if (!existsSync(target)) symlinkSync(join(modules, name), target, 'dir');
}

beforeAll(async () => {
  await run(npm, ['exec', '--', 'tsc', '--project', 'tsconfig.package.json'], { cwd: root });
  await buildLocal();
  await install(root);
  await install(join(root, 'local'));
  manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies)) link(name);
  for (const name of ['aws-cdk-lib', 'constructs', '@types/node']) link(name);
  cpSync(join(root, 'examples', 'test-without-aws'), app, { recursive: true });
  const source = readFileSync(join(app, 'app.ts'), 'utf8');
  writeFileSync(join(app, 'app.js'), transformSync(source, { loader: 'ts', format: 'cjs' }).code);
  await run(process.execPath, ['app.js'], {
    cwd: app,
    env: { ...process.env, CDK_OUTDIR: join(app, 'cdk.out'), CDK_VALIDATION: 'false' },
  });
});

afterAll(() => rmSync(app, { recursive: true, force: true }));

test('the package holds what runs, and nothing else', async () => {
  const files = await publishedFiles(join(root, 'local'));
  const kinds = new Set(files.map((path) => path.replace(/^dist\/.*?(\.d)?\.(\w+)$/, 'dist/*$1.$2')));

  expect([...kinds].sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist/*.cjs',
    'dist/*.css',
    'dist/*.d.ts',
    'dist/*.js',
    'dist/*.mjs',
    'dist/*.svg',
    'package.json',
  ]);
});

test("the example's test passes in a plain jest, from the packed packages", async () => {
  const jest = join(modules, 'jest', 'bin', 'jest.js');
  const { stderr } = await run(process.execPath, [jest, '--rootDir', app, '--colors=false'], {
    cwd: app,
    // It is a jest of its own, and no worker of this one.
    env: { PATH: process.env.PATH, HOME: app },
  });

  expect(stderr).toContain('Tests:       1 passed, 1 total');
});

test('the types are those of the client', async () => {
  const right = [
    "import { LocalCloud } from 'confirmed-user-onboarding-local';",
    "export const cloud = LocalCloud.start({ app: 'cdk.out' });",
    'export const time: Promise<Date> = cloud.then(({ clock }) => clock.advance({ hours: 2 }));',
  ];
  writeFileSync(join(app, 'right.ts'), right.join('\n'));
  writeFileSync(join(app, 'wrong.ts'), right.join('\n').replace('hours', 'fortnights'));
  const options = ['--noEmit', '--strict', '--module', 'node20', '--types', 'node', 'right.ts', 'wrong.ts'];
  const check = run(join(modules, '.bin', 'tsc'), options, { cwd: app });

  await expect(check).rejects.toMatchObject({
    stdout: expect.stringMatching(/^wrong\.ts\(3.*'fortnights' does not exist[^\n]*\n$/),
  });
});

describe('the command', () => {
  const command = (...args: string[]) => {
    return run(
      process.execPath,
      [join(installed, manifest.bin['confirmed-user-onboarding-local'] ?? ''), ...args],
      {
        cwd: app,
        env: { ...process.env, NO_COLOR: '1' },
      },
    );
  };

  test('runs cdk.out and says which output the demo lacks', async () => {
    await expect(command('--once', '--port', '0')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the app has no output TableName, which the demo needs'),
    });
  });

  test('is called by its own name in its help', async () => {
    const { stdout } = await command('--help');

    expect(stdout).toContain('npx confirmed-user-onboarding-local [options]');
    expect(stdout).not.toContain('npm start');
  });
});

// Only Linux shows the processes in a folder.
if (process.platform === 'linux') {
  test.each([
    ['is closed', 'await cloud.close()', 0],
    ['forgets to close it', '', 0],
    ['is killed', "process.kill(process.pid, 'SIGKILL')", null],
  ])('no process is left of a program that %s', async (_, end, code) => {
    const program = `
      const { LocalCloud } = require('confirmed-user-onboarding-local');
      LocalCloud.start({ app: 'cdk.out' }).then(async (cloud) => {
        require('fs').writeFileSync('children', require('fs').readFileSync('/proc/self/task/' + process.pid + '/children'));
        ${end};
      });`;
    const child: ChildProcess = spawn(process.execPath, ['-e', program], { cwd: app, stdio: 'inherit' });
    const [exitCode] = await once(child, 'exit');
    const children = readFileSync(join(app, 'children'), 'utf8').trim().split(' ');

    expect(exitCode).toBe(code);
    expect(children).toHaveLength(1);
    await eventually(async () => !existsSync(`/proc/${children[0]}`));
  });
}

test('the package brings the command that verifies a deployment', async () => {
  const command = join(installed, manifest.bin['verify-onboarding'] ?? '');
  const { stdout } = await run(process.execPath, [command, '--help']);

  expect(stdout).toContain('verify-onboarding --outputs-file FILE');
});
