import { join } from 'node:path';
import { type App, readApp } from '../../simulation/app/app';
import { synthesizeApps } from '../../simulation/apps/apps';
import { bundle } from '../../simulation/code/bundles';
import { withMutatedDefinition } from '../../simulation/code/mutation';
import { simulate } from '../../simulation/runs/simulation';
import { Workers } from '../../simulation/runs/workers';
import { EVERYTHING } from '../support/everything';
import { CODE_FAULTS } from './code-faults';

const USERS = 10_000;

/** The place of the app with everything. */
const EVERYTHING_APP = 1;

function appNamed(name: 'default' | 'everything'): App {
  if (name === 'default') return readApp(process.env.TEST_CLOUD_ASSEMBLY as string);
  return synthesizeApps(join(__dirname, '..', '..', 'dist'))[EVERYTHING_APP] as App;
}

let workers: Workers;

beforeAll(() => {
  workers = new Workers();
});

afterAll(() => workers.close());

test.each(EVERYTHING ? CODE_FAULTS : CODE_FAULTS.slice(0, 3))(
  'finds $name',
  // Small worlds find a fault with fewer users: each has faults of its own.
  async ({ rule, seed = 1, usersOfAWorld = 60, app = 'default', inDefinition = [], inFunctions = [] }) => {
    const runner = workers.runnerOf({
      apps: [withMutatedDefinition(appNamed(app), inDefinition)],
      bundles: await bundle(inFunctions),
    });

    const { failure } = await simulate(runner, { seed, users: USERS, usersOfAWorld, trials: 0 });

    expect(failure?.violation.rule).toMatch(rule);
  },
);
