import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Containers may share a directory for temporary files, but each has processes of its own. */
const PREFIX = `local-cloud-code-${hostname().replaceAll(/[^\w.]/g, '_')}-`;

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
    const pid = Number.parseInt(name.slice(PREFIX.length), 10);
    const claimed = `${DIRECTORY_PREFIX}abandoned-by-${name.slice(PREFIX.length)}`;
    if (isOurs(directory) && !isAlive(pid) && isRenamed(directory, claimed))
      rmSync(claimed, { recursive: true, force: true });
  }
}

/** On Windows, nobody else sees this directory. */
function isOurs(directory: string): boolean {
  const status = statSync(directory, { throwIfNoEntry: false });
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
    // A process of somebody else is there, but may not be asked.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
