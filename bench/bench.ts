import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { step } from '../local/progress';
import { synthesize } from '../local/synth';
import { TestCloud } from '../test/support/test-cloud';
import { measureColdStarts } from './cold-start';
import { plotColdStarts } from './cold-start-plot';
import { measureEndToEnd } from './end-to-end';
import { measureGrowth } from './growth';
import { percentile } from './percentile';
import { type Results, report } from './results';
import { fail, withSynthesizedApp } from './synthesized-app';

const RESULTS = join(__dirname, 'results.md');
const PLOT = join(__dirname, '..', 'docs', 'images', 'cold-start.svg');

const HELP = `Measures cold starts, confirmations on the local cloud, its growth, and what a million cost.

  npm run bench -- [options]

  --rounds N       how often each cold start is measured (default 5)
  --users N        how many are onboarded, twice, to see what grows (default 10000, at least 5000)
  --help           print this text

Takes about 8 minutes on an idle machine, and writes bench/results.md and docs/images/cold-start.svg.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      users: { type: 'string', default: '10000' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const rounds = wholeNumber('--rounds', values.rounds, 1);
  const users = wholeNumber('--users', values.users, 5_000);
  await withSynthesizedApp(async (directory) => {
    const results = await measure(directory, rounds, users);
    const text = report(results);
    writeFileSync(RESULTS, text);
    mkdirSync(join(PLOT, '..'), { recursive: true });
    writeFileSync(PLOT, plotColdStarts(results.coldStarts));
    console.log(text);
  });
}

async function measure(directory: string, rounds: number, users: number): Promise<Results> {
  const synthesis = await medianTime(() => synthesize(directory));
  const start = await medianTime(async () => (await TestCloud.start()).close());
  const coldStarts = await step('cold starts', () => measureColdStarts(rounds));
  const endToEnd = await step('confirmations', measureEndToEnd);
  const growth = await step('growth', () => measureGrowth(users));
  return { coldStarts, endToEnd, growth, synthesis, start };
}

async function medianTime(run: () => Promise<unknown>): Promise<number> {
  const times = [];
  for (let i = 0; i < 3; i += 1) {
    const begin = performance.now();
    await run();
    times.push(performance.now() - begin);
  }
  return percentile(times, 0.5);
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(
    `${option} takes a whole number from ${least}, not "${text}": see \`npm run bench -- --help\``,
  );
}

main().catch(fail);
