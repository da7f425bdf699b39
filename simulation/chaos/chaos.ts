import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import pc from 'picocolors';
import { percentile } from '../../bench/statistics/percentile';
import { formatDuration, ProgressBar, step } from '../../local/cli/progress';
import { fail, withSynthesizedApp } from '../../scripts/synthesized-app';
import { TestCloud } from '../../test/support/test-cloud';
import { type ChaosResult, runSchedule } from './run';
import { type Schedule, schedules } from './schedule';

const USERS_PER_SCHEDULE = 50;

const HELP = `Lets users arrive on a local cloud while random things go wrong, and checks that none is lost.

  npm run chaos -- [options]

  --users N  how many users arrive (default 500; rounded up to whole schedules of ${USERS_PER_SCHEDULE})
  --seed S   repeats the schedules of an earlier run
  --help     print this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '500' },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const users = parseNumber('--users', values.users, 1);
  const seed = values.seed === undefined ? randomInt(2 ** 31) : parseNumber('--seed', values.seed);
  const numRuns = Math.ceil(users / USERS_PER_SCHEDULE);
  const begin = performance.now();
  await withSynthesizedApp(async () => {
    const results = await run(fc.sample(schedules(USERS_PER_SCHEDULE), { seed, numRuns }), seed);
    console.log(summary(results, seed, performance.now() - begin));
  });
}

async function run(all: Schedule[], seed: number): Promise<ChaosResult[]> {
  const cloud = await TestCloud.start({ queueTimeScale: 0.01, maxReceiveCount: 3, millisecondsPerUser: 20 });
  await step('start the functions', () => cloud.provisionConcurrency(6)).catch(async (error) => {
    await cloud.close();
    throw error;
  });
  const bar = new ProgressBar('schedules', all.length);
  const results: ChaosResult[] = [];
  try {
    for (const schedule of all) {
      try {
        results.push(await runSchedule(cloud, schedule));
      } catch (error) {
        bar.end();
        console.error(`${pc.red('broken')} with --seed ${seed}, schedule ${results.length + 1}:`);
        console.error(JSON.stringify({ faults: schedule.faults, lasting: schedule.lasting }, null, 2));
        throw error;
      }
      bar.advance();
    }
    return results;
  } finally {
    bar.end();
    await cloud.close();
  }
}

function summary(results: ChaosResult[], seed: number, duration: number): string {
  const total = (count: (result: ChaosResult) => number) =>
    results.reduce((sum, result) => sum + count(result), 0);
  const times = results.flatMap(({ confirmedIn }) => confirmedIn);
  const rows: [string, string | number][] = [
    ['users who arrived', times.length],
    ['eligible', total(({ eligible }) => eligible)],
    ['onboarded while things went wrong', total(({ onboardedAtOnce }) => onboardedAtOnce)],
    ['in the dead-letter queue for a while', total(({ dead }) => dead)],
    ['found by reconciliation alone', total(({ unanswered }) => unanswered)],
    ['onboarded in the end', total(({ onboarded }) => onboarded)],
    ['confirmation, p50', formatDuration(percentile(times, 0.5))],
    ['confirmation, p99', formatDuration(percentile(times, 0.99))],
    ['confirmation, longest', formatDuration(Math.max(...times))],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(38)}${String(value).padStart(8)}`);
  const title = `${results.length} schedules in ${formatDuration(duration)}, --seed ${seed}`;
  // A schedule that loses a user does not end normally.
  return ['', title, ...lines, '', pc.green('Nobody is lost.')].join('\n');
}

function parseNumber(option: string, text: string, least = 0): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Error(
    `${option} takes a whole number from ${least}, not "${text}": see \`npm run chaos -- --help\``,
  );
}

main().catch(fail);
