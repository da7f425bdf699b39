import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeApps } from '../../simulation/apps/apps';
import { bundle } from '../../simulation/code/bundles';
import type { AppsFile } from '../../simulation/runs/shard';

/** The places of apps in {@link simulatedApps}. */
export const DEFAULT_APP = 0;
export const EVERYTHING_APP = 1;
export const APP_WITHOUT_GROUP = 3;

/** The apps of the simulation, and their code. The first test of a run that needs them prepares them for all. */
export async function simulatedApps(): Promise<AppsFile> {
  // The folder for temporary files is one of this run of the tests, see global-setup.ts.
  const file = join(tmpdir(), 'simulated-apps.json');
  if (!existsSync(file)) await prepare(file);
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function prepare(file: string): Promise<void> {
  const apps = synthesizeApps(join(__dirname, '..', '..', 'dist'));
  // Another process must not read half of it.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify({ apps, bundles: await bundle() } satisfies AppsFile));
  renameSync(unfinished, file);
}
