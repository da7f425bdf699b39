import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'ONBOARDING_TESTS';

/** Puts everything that tests and their processes put into the temporary folder into one directory of its own. */
export function useTemporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'onboarding-tests-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP', NAME]) process.env[name] = directory;
  return directory;
}

/** Removes that directory, and nothing if there is none. */
export function removeTemporaryDirectory(): void {
  const directory = process.env[NAME];
  if (directory) rmSync(directory, { recursive: true });
}
