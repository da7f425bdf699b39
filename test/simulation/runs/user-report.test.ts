import type { Shard } from '../../../simulation/runs/shard';
import { userReport } from '../../../simulation/runs/user-report';
import type { Runner } from '../../../simulation/runs/workers';

const asked: Shard[] = [];

const runner: Runner = {
  scheduleOf: ({ users }) => ({
    start: 0,
    arrivals: Array.from({ length: users }, (_, number) => ({ number, kind: 'native', at: 0, later: 0 })),
    faults: [{ kind: 'crash', on: 'post-confirmation', from: 0, until: 1_000, probability: 0.05 }],
  }),
  run: async (shard) => {
    asked.push(shard);
    const story = ['day 0 00:00:00.000  is confirmed', 'day 0 00:00:00.500  has a record'];
    return { violations: [], numbers: {}, coverage: {}, story, snapshots: [] };
  },
  runAll: async function* () {},
};

test('--user tells the story of one user, by their place in the run', async () => {
  const printed = await userReport(runner, { seed: 7, users: 900, user: 636 });

  expect(asked.at(-1)).toMatchObject({ number: 1, first: 500, storyOf: 136 });
  expect(printed).toBe(`user 636 of --users 900 --seed 7: native

faults of their world:
day 0 00:00:00.000 to day 0 00:00:01.000  crash of post-confirmation, 5 %

day 0 00:00:00.000  is confirmed
day 0 00:00:00.500  has a record`);
});

test('--user refuses a user whom the run does not have', async () => {
  await expect(userReport(runner, { seed: 7, users: 900, user: 900 })).rejects.toThrow(
    '--user takes a number below 900, not 900',
  );
});
