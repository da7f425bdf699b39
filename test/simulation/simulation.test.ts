import { report } from '../../simulation/runs/report';
import { type RunOptions, simulate } from '../../simulation/runs/simulation';
import { userReport } from '../../simulation/runs/user-report';
import { type Runner, Workers } from '../../simulation/runs/workers';
import { EVERYTHING } from '../support/everything';
import { simulatedApps } from '../support/simulated-apps';

// In worlds of 500, with one app after the other.
const USERS = EVERYTHING ? 2_000 : 1_000;

const pools = [new Workers(1), new Workers(2)] as const;
let alone: Runner;
let together: Runner;

beforeAll(async () => {
  const apps = await simulatedApps();
  [alone, together] = pools.map((workers) => workers.runnerOf(apps)) as [Runner, Runner];
});

afterAll(() => {
  for (const workers of pools) workers.close();
});

async function reportOf(runner: Runner, run: RunOptions): Promise<string> {
  return report(await simulate(runner, run), { ...run, verbose: true });
}

test(`whatever goes wrong while ${USERS} users arrive, none of them is lost`, async () => {
  expect(await reportOf(together, { seed: 2026, users: USERS })).toContain('Nobody is lost.');
});

test('the same seed gives the same run, to the byte, on any number of cores', async () => {
  const run = { seed: 7, users: USERS / 10, usersOfAWorld: USERS / 40 };

  const [one, two] = await Promise.all([reportOf(alone, run), reportOf(together, run)]);

  expect(two).toBe(one);
});

test('the story of a user is the same on any number of cores', async () => {
  const user = { seed: 2026, users: 20, user: 7 };

  const [one, two] = await Promise.all([userReport(alone, user), userReport(together, user)]);

  expect(two).toMatch(/^user 7 of --users 20 --seed 2026: native\n\nfaults of their world:\n/);
  expect(two).toBe(one);
});
