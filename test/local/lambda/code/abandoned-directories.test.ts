import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import {
  DIRECTORY_PREFIX,
  deleteAbandonedDirectories,
} from '../../../../local/lambda/code/abandoned-directories';

/** A directory as the process with this number makes it. */
const directoryOf = (pid: number | undefined) =>
  mkdtempSync(DIRECTORY_PREFIX.replace(`-${process.pid}-`, `-${pid}-`));

async function killedProcess(): Promise<number | undefined> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return child.pid;
}

test('the directory of a killed process is deleted, and that of one that runs stays', async () => {
  const running = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const directories = [
    directoryOf(await killedProcess()),
    directoryOf(running.pid),
    directoryOf(process.pid),
  ];

  try {
    deleteAbandonedDirectories();
    expect(directories.map((directory) => existsSync(directory))).toEqual([false, true, true]);
  } finally {
    running.kill('SIGKILL');
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  }
});

test('several processes that start at once do not get in the way of one another', async () => {
  const pid = await killedProcess();
  const directories = Array.from({ length: 40 }, () => directoryOf(pid));
  for (const directory of directories) writeFileSync(join(directory, 'index.js'), '');
  const { outputFiles } = buildSync({
    entryPoints: ['local/lambda/code/abandoned-directories.ts'],
    bundle: true,
    platform: 'node',
    write: false,
  });
  const program = `${outputFiles[0]?.text}; deleteAbandonedDirectories();`;
  const codes = await Promise.all(
    [1, 2, 3].map(
      async () => (await once(spawn(process.execPath, ['-e', program], { stdio: 'inherit' }), 'exit'))[0],
    ),
  );

  expect(codes).toEqual([0, 0, 0]);
  expect(directories.filter((directory) => existsSync(directory))).toEqual([]);
});

/** The prefix without the number of this process. */
const COMMON_PREFIX = DIRECTORY_PREFIX.slice(0, -`${process.pid}-`.length);

test.each([
  ['of another host', `${join(tmpdir(), 'local-cloud-code-elsewhere-1-')}`],
  ['without a number', `${COMMON_PREFIX}kept-`],
  ['that only begins with a number', `${COMMON_PREFIX}${2 ** 22 + 1}kept-`],
])('a directory %s stays', (_, prefix) => {
  const directory = mkdtempSync(prefix);

  deleteAbandonedDirectories();
  const isThere = existsSync(directory);
  rmSync(directory, { recursive: true });

  expect(isThere).toBe(true);
});

test('the prefix tells containers with one host name apart', () => {
  if (process.platform !== 'linux') return;
  const [namespace] = /\d+/.exec(readlinkSync('/proc/self/ns/pid')) ?? [];

  expect(DIRECTORY_PREFIX).toContain(`_${namespace}_-${process.pid}-`);
});
