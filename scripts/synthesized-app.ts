import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { step } from '../local/cli/progress';
import { buildFunctions } from './build';
import { synthesize } from './synth';

/** Runs a command with this project's app, synthesized into a directory that is removed at the end. */
export async function withSynthesizedApp(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'onboarding-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  // The functions' processes end by themselves when this process ends.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  process.once('exit', remove);
  await step('bundle the functions', buildFunctions);
  await step('synthesize the stack', () => synthesize(directory));
  process.env.TEST_CLOUD_ASSEMBLY = directory;
  await run(directory);
}

/** Prints an error for a person to read, and makes the command fail. */
export function fail(error: Error): void {
  console.error(`${pc.red('error:')} ${error.message.split('\n')[0]}`);
  process.exitCode = 1;
}
