import { readApp } from '../../simulation/app/app';
import { bundle } from '../../simulation/code/bundles';
import { withMutatedDefinition } from '../../simulation/code/mutation';
import { simulate } from '../../simulation/runs/simulation';
import { Workers } from '../../simulation/runs/workers';
import { CODE_FAULTS } from './code-faults';

const SEED = 1;
const USERS = 10_000;

/** Small worlds find a fault with fewer users: each has faults of its own. */
const USERS_OF_A_WORLD = 60;

let workers: Workers;

beforeAll(() => {
  workers = new Workers();
});

afterAll(() => workers.close());

test.each(CODE_FAULTS)(
  'finds $name',
  async ({ rule, inDefinition = [], inFunctions = [] }) => {
    const app = readApp(process.env.TEST_CLOUD_ASSEMBLY as string);
    const runner = workers.runnerOf({
      app: withMutatedDefinition(app, inDefinition),
      bundles: await bundle(inFunctions),
    });

    const { failure } = await simulate(runner, { seed: SEED, users: USERS, usersOfAWorld: USERS_OF_A_WORLD });

    expect(failure?.violation.rule).toMatch(rule);
  },
  60_000,
);
