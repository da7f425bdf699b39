import { readApp } from '../../simulation/app/app';
import { bundle } from '../../simulation/code/bundles';
import { report } from '../../simulation/runs/report';
import { simulate } from '../../simulation/runs/simulation';
import { Workers } from '../../simulation/runs/workers';

const SEED = 2026;
const USERS = 1_000;

test('the same seed gives the same run, on any number of cores', async () => {
  const app = { bundles: await bundle(), app: readApp(process.env.TEST_CLOUD_ASSEMBLY as string) };
  const reportOn = async (cores: number) => {
    const workers = new Workers(cores);
    try {
      const runner = workers.runnerOf(app);
      return report(await simulate(runner, { seed: SEED, users: USERS }), {
        seed: SEED,
        users: USERS,
        verbose: true,
      });
    } finally {
      workers.close();
    }
  };
  const [one, two] = await Promise.all([reportOn(1), reportOn(2)]);

  expect(one).toContain('Nobody is lost.');
  expect(two).toBe(one);
}, 120_000);
