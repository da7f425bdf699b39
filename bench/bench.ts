import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { step } from '../local/cli/progress';
import { synthesize } from '../scripts/synth';
import { fail, type SynthesizedApp, withSynthesizedApp } from '../scripts/synthesized-app';
import { measureColdStarts } from './cold-starts/measure';
import { plotColdStarts } from './cold-starts/plot';
import { measureGrowth } from './growth/growth';
import { measureEndToEnd } from './load/end-to-end';
import { type Results, report } from './report/report';
import { percentile } from './statistics/percentile';

const RESULTS = join(__dirname, 'results.md');
const PLOT = join(__dirname, '..', 'docs', 'images', 'cold-start.svg');

const HELP = `Measures cold starts, confirmations on the local cloud, its growth, and the cost of a million onboardings.

  npm run bench -- [options]

  --rounds N       how often each cold start is measured (default 5)
  --users N        how many users are onboarded, twice, to see what grows (default 10000, at least 5000)
  --before DIR     also measure the bundles of an earlier version, which \`npm run build\` wrote to dist
  --help           print this text

Takes about 7 minutes on an idle machine, and writes bench/results.md and docs/images/cold-start.svg.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      users: { type: 'string', default: '10000' },
      before: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const rounds = wholeNumber('--rounds', values.rounds, 1);
  const users = wholeNumber('--users', values.users, 5_000);
  await withSynthesizedApp(async (app) => {
    const results = await measure(app, { rounds, users, before: values.before });
    const text = report(results);
    writeFileSync(RESULTS, text);
    mkdirSync(join(PLOT, '..'), { recursive: true });
    writeFileSync(PLOT, plotColdStarts(results.coldStarts));
    console.log(text);
  });
}

async function measure(
  { assembly, bundles }: SynthesizedApp,
  { rounds, users, before }: { rounds: number; users: number; before?: string },
): Promise<Results> {
  const synthesis = await medianOfThree(() => timeOf(() => synthesize(assembly, bundles)));
  const start = await step('starts', () => medianOfThree(timeToStart));
  const coldStarts = await step('cold starts', () => measureColdStarts(rounds, before && resolve(before)));
  const endToEnd = await step('confirmations', measureEndToEnd);
  const growth = await step('growth', () => measureGrowth(users));
  return { coldStarts, endToEnd, growth, synthesis, start };
}

/** How long `npm start` takes until it says that it is up, in ms. */
async function timeToStart(): Promise<number> {
  const begin = performance.now();
  // A signal to its own process group also reaches the process behind npm.
  const child = spawn('npm', ['start', '--silent', '--', '--no-sign-up', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const stop = () => process.kill(-(child.pid ?? 0), 'SIGINT');
  process.once('exit', stop);
  const exit = once(child, 'exit');
  let isUp = false;
  for await (const line of createInterface({ input: child.stdout })) {
    isUp = line.includes('is up');
    if (isUp) break;
  }
  const time = performance.now() - begin;
  process.off('exit', stop);
  if (!isUp) throw new Error('`npm start` ended before the local cloud was up: run it to see why');
  stop();
  await exit;
  return time;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}

async function medianOfThree(measure: () => Promise<number>): Promise<number> {
  return percentile([await measure(), await measure(), await measure()], 0.5);
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(
    `${option} takes a whole number from ${least}, not "${text}": see \`npm run bench -- --help\``,
  );
}

main().catch(fail);
