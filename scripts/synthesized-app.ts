import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { step } from '../local/cli/progress';
import { buildFunctions } from './build';
import { synthesize } from './synth';

/** Directories of this project's app. */
export interface SynthesizedApp {
  /** The bundles of the functions. */
  readonly bundles: string;
  /** The cloud assembly. */
  readonly assembly: string;
}

/**
 * Bundles and synthesizes this project into a new directory, which is removed when this process ends.
 *
 * So two commands in one checkout do not remove each other's files.
 */
export async function synthesizeApp(): Promise<SynthesizedApp> {
  const app = newApp();
  await step('bundle the functions', () => buildFunctions(app.bundles));
  await step('synthesize the stack', () => synthesize(app.assembly, app.bundles));
  return app;
}

/** Directories that are removed when this process ends. */
export function newApp(): SynthesizedApp {
  const directory = mkdtempSync(join(tmpdir(), 'onboarding-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return { bundles: join(directory, 'dist'), assembly: join(directory, 'cdk.out') };
}

/** Runs a command with this project's app. */
export async function withSynthesizedApp(run: (app: SynthesizedApp) => Promise<void>): Promise<void> {
  // The functions' processes end by themselves when this process ends.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  const app = await synthesizeApp();
  process.env.TEST_CLOUD_ASSEMBLY = app.assembly;
  await run(app);
}

/** Prints an error for a person to read, and makes the command fail. */
export function fail(error: Error): void {
  console.error(`${pc.red('error:')} ${error.message.split('\n')[0]}`);
  process.exitCode = 1;
}
