import './environment';
import { join } from 'node:path';
import { buildFunctions } from '../../scripts/build';
import { synthesize } from '../../scripts/synth';
import { useTemporaryDirectory } from './temporary-directory';

/**
 * Bundles the functions and synthesizes the stack once, for every test that runs the real thing. The teardown
 * removes what tests and their processes put into the temporary folder: a process that is killed cannot do it.
 */
export default async function globalSetup(): Promise<void> {
  const directory = useTemporaryDirectory();
  await buildFunctions();
  process.env.TEST_CLOUD_ASSEMBLY = join(directory, 'cloud-assembly');
  await synthesize(process.env.TEST_CLOUD_ASSEMBLY);
}
