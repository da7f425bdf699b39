import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../scripts/build';
import { synthesize } from '../../scripts/synth';

/** Bundles the functions and synthesizes the stack once, for every test that runs the real thing. */
export default async function globalSetup(): Promise<void> {
  await buildFunctions();
  const directory = mkdtempSync(join(tmpdir(), 'cloud-assembly-'));
  await synthesize(directory);
  process.env.TEST_CLOUD_ASSEMBLY = directory;
}
