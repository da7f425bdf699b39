import { lstatSync, readdirSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Containers may share a directory for temporary files, and even a host name, but each has processes of its own. */
const PREFIX = `local-cloud-code-${[hostname(), processNamespace()].join('-').replaceAll(/[^\w.-]/g, '_')}-`;

/** The beginning of the path of a directory that belongs to this process. */
export const DIRECTORY_PREFIX = join(tmpdir(), `${PREFIX}${process.pid}-`);

/**
 * Deletes the directories of processes that ended without deleting them, such as by SIGKILL.
 *
 * If another process has got the number of such a process, its directory stays until that one has ended, too.
 */
export function deleteAbandonedDirectories(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const directory = join(tmpdir(), name);
    const [, pid] = /^(\d+)-/.exec(name.slice(PREFIX.length)) ?? [];
    if (pid === undefined) continue;
    const claimed = `${DIRECTORY_PREFIX}abandoned-by-${name.slice(PREFIX.length)}`;
    if (isOurs(directory) && !isAlive(Number(pid)) && isRenamed(directory, claimed))
      rmSync(claimed, { recursive: true, force: true });
  }
}

/** Such as `pid:[4026531836]`; empty on a system without namespaces. */
function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** On Windows, nobody else sees this directory. */
function isOurs(directory: string): boolean {
  const status = lstatSync(directory, { throwIfNoEntry: false });
  return status !== undefined && (process.getuid === undefined || status.uid === process.getuid());
}

/** Of several processes that start at once, one gets the directory. */
function isRenamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A process of somebody else is there, but may not be asked.
    if (code === 'EPERM') return true;
    if (code === 'ESRCH') return false;
    throw error;
  }
}
