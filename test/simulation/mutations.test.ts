import type { App } from '../../simulation/app/app';
import { bundle } from '../../simulation/code/bundles';
import { withMutatedDefinition } from '../../simulation/code/mutation';
import { simulate } from '../../simulation/runs/simulation';
import { Workers } from '../../simulation/runs/workers';
import { EVERYTHING } from '../support/everything';
import { APP_WITHOUT_GROUP, DEFAULT_APP, EVERYTHING_APP, simulatedApps } from '../support/simulated-apps';
import { CODE_FAULTS } from './code-faults';

const USERS = 10_000;

const PLACES = { default: DEFAULT_APP, everything: EVERYTHING_APP, withoutGroup: APP_WITHOUT_GROUP };

// One finds the first three sooner than a second one starts.
const workers = new Workers(EVERYTHING ? undefined : 1);

afterAll(() => workers.close());

test.each(EVERYTHING ? CODE_FAULTS : CODE_FAULTS.slice(0, 3))(
  'finds $name',
  // Small worlds find a fault with fewer users: each has faults of its own.
  async ({ rule, seed = 1, usersOfAWorld = 60, app = 'default', inDefinition = [], inFunctions = [] }) => {
    const { apps, bundles } = await simulatedApps();
    const runner = workers.runnerOf({
      apps: [withMutatedDefinition(apps[PLACES[app]] as App, inDefinition)],
      bundles: inFunctions.length > 0 ? await bundle(inFunctions) : bundles,
    });

    const { failure } = await simulate(runner, { seed, users: USERS, usersOfAWorld, trials: 0 });

    expect(failure?.violation.rule).toMatch(rule);
  },
);
