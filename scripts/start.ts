import { join } from 'node:path';
import { run } from '../local/cli/main';
import { step } from '../local/cli/progress';
import { buildFunctions } from './build';
import { synthesize } from './synth';

/** Bundles and synthesizes this project so that the local cloud can run it. */
async function synthesizeThisProject(): Promise<string> {
  const directory = join(__dirname, '..', 'cdk.out');
  await step('bundle the functions', () => buildFunctions());
  await step('synthesize the stack', () => synthesize(directory));
  return directory;
}

void run(process.argv.slice(2), process.env, synthesizeThisProject);
