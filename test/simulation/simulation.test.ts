import { join } from 'node:path';
import { synthesizeApps } from '../../simulation/apps/apps';
import { bundle } from '../../simulation/code/bundles';
import { report } from '../../simulation/runs/report';
import type { AppsFile } from '../../simulation/runs/shard';
import { type RunOptions, simulate } from '../../simulation/runs/simulation';
import { Workers } from '../../simulation/runs/workers';
import { EVERYTHING } from '../support/everything';

const USERS = EVERYTHING ? 2_000 : 500;

let files: AppsFile;

beforeAll(async () => {
  const bundles = join(__dirname, '..', '..', 'dist');
  files = { bundles: await bundle(), apps: synthesizeApps(bundles) };
});

async function reportOf(run: RunOptions, cores?: number): Promise<string> {
  const workers = new Workers(cores);
  try {
    return report(await simulate(workers.runnerOf(files), run), { ...run, verbose: true });
  } finally {
    workers.close();
  }
}

test(`whatever goes wrong while ${USERS} users arrive, none of them is lost`, async () => {
  expect(await reportOf({ seed: 2026, users: USERS, usersOfAWorld: USERS / 4 })).toContain('Nobody is lost.');
});

test('the same seed gives the same run, to the byte, on any number of cores', async () => {
  const run = { seed: 7, users: USERS / 5, usersOfAWorld: USERS / 20 };

  const [one, two] = await Promise.all([reportOf(run, 1), reportOf(run, 2)]);

  expect(two).toBe(one);
});
