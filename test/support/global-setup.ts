import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../scripts/build';
import { synthesize } from '../../scripts/synth';

/**
 * Bundles the functions and synthesizes the stack once, for every test that runs the real thing. Everything that
 * tests and their processes put into the temporary folder is in one directory, which the teardown removes: a
 * process that is killed cannot do it.
 */
export default async function globalSetup(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'onboarding-tests-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = directory;
  await buildFunctions();
  process.env.TEST_CLOUD_ASSEMBLY = join(directory, 'cloud-assembly');
  await synthesize(process.env.TEST_CLOUD_ASSEMBLY);
}
