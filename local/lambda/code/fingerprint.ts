import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A text that changes when a file below one of the directories changes. */
export function fingerprintOf(directories: readonly string[]): string {
  return directories
    .flatMap((directory) => {
      const files = readdirSync(directory, { recursive: true, withFileTypes: true });
      return files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    })
    .map((path) => {
      const { size, mtimeMs } = statSync(path);
      return `${path} ${size} ${mtimeMs}`;
    })
    .sort()
    .join('\n');
}
