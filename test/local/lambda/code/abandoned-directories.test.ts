import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

  deleteAbandonedDirectories();
  const left = directories.map((directory) => existsSync(directory));
  running.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });

  expect(left).toEqual([false, true, true]);
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

test('what somebody else has named alike stays', () => {
  const directory = mkdtempSync(
    `${DIRECTORY_PREFIX.slice(0, DIRECTORY_PREFIX.indexOf('local-cloud-code-'))}local-cloud-code-elsewhere-1-`,
  );

  deleteAbandonedDirectories();
  const isThere = existsSync(directory);
  rmSync(directory, { recursive: true });

  expect(isThere).toBe(true);
});
