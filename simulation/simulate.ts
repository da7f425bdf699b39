import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { step } from '../local/cli/progress';
import { buildFunctions } from '../scripts/build';
import { fail, newApp } from '../scripts/synthesized-app';
import { synthesizeApps } from './apps/apps';
import { bundle } from './code/bundles';
import { Progress } from './runs/progress';
import { failureReport, missedParts, report } from './runs/report';
import type { AppsFile } from './runs/shard';
import { simulate, WorldFailedError } from './runs/simulation';
import { userReport } from './runs/user-report';
import { type Runner, Workers } from './runs/workers';

const HELP = `Lets users arrive in a simulated AWS while everything goes wrong, and checks that none is lost.

  npm run simulate -- [options]

  --users N  how many users arrive (default 10000)
  --seed S   repeats an earlier run, to the letter
  --user U   tells the story of one user of the run, from 0
  --verbose  prints every count
  --help     print this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '10000' },
      seed: { type: 'string' },
      user: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const users = parseNumber('--users', values.users, 1);
  const seed = values.seed === undefined ? randomInt(2 ** 31) : parseNumber('--seed', values.seed);
  const user = values.user === undefined ? undefined : parseNumber('--user', values.user);
  const workers = new Workers();
  // Whoever stops the run leaves no files behind.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      workers.close();
      process.exit(130);
    });
  try {
    const runner = workers.runnerOf(await step('prepare the apps of the worlds', prepareApps));
    if (user === undefined) await runAll(workers, runner, { seed, users, verbose: values.verbose });
    else console.log(await userReport(runner, { seed, users, user }));
  } finally {
    workers.close();
  }
}

async function prepareApps(): Promise<AppsFile> {
  const directory = newApp().bundles;
  await buildFunctions(directory);
  return { apps: synthesizeApps(directory), bundles: await bundle() };
}

async function runAll(
  workers: Workers,
  runner: Runner,
  { seed, users, verbose }: { seed: number; users: number; verbose: boolean },
): Promise<void> {
  const progress = new Progress(users);
  const result = await simulate(runner, { seed, users, onProgress: (count) => progress.advance(count) });
  progress.end(workers.peakMemory);
  console.log(report(result, { seed, users, verbose }));
  if (result.failure) console.log(failureReport(result.failure, { seed, users }));
  if (result.failure || missedParts(result).length > 0) process.exitCode = 1;
}

function parseNumber(option: string, text: string, least = 0): number {
  if (/^\d{1,10}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Error(
    `${option} takes a whole number from ${least}, not "${text}": see \`npm run simulate -- --help\``,
  );
}

main().catch((error: Error) => {
  if (error instanceof WorldFailedError) console.error(error.failure);
  fail(error);
});
