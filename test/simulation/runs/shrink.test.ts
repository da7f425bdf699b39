import { shrink } from '../../../simulation/runs/shrink';
import type { Runner } from '../../../simulation/runs/workers';
import type { Fault } from '../../../simulation/schedule/fault';
import type { Schedule } from '../../../simulation/schedule/schedule';

const RULE = 'nobody is lost';

const fault = (time: number): Fault => ({ kind: 'delay', from: 0, until: 1, probability: 1, time });

const SCHEDULE: Schedule = {
  start: 0,
  arrivals: Array.from({ length: 20 }, (_, number) => ({
    number,
    kind: 'native',
    at: number,
    later: number,
  })),
  faults: Array.from({ length: 7 }, (_, time) => fault(time)),
};

/** A world that breaks the promise for user 5 if the faults 2 and 6 meet. */
const runner: Runner = {
  scheduleOf: () => SCHEDULE,
  run: async ({ schedule }) => {
    const times = (schedule?.faults ?? []).map(({ time }) => time);
    const breaks =
      times.includes(2) && times.includes(6) && schedule?.arrivals.some(({ number }) => number === 5);
    const violations = breaks ? [{ rule: RULE, user: 5, at: 0 }] : [];
    return { violations, numbers: {}, coverage: {}, story: [], snapshots: [] };
  },
  runAll: async function* () {},
};

test('a schedule that a model cannot play does not break the rule', async () => {
  const failing: Runner = {
    ...runner,
    run: async (shard) => {
      if (!shard.schedule?.faults.some(({ time }) => time === 0)) throw new Error('there is no model');
      return runner.run(shard);
    },
  };
  const shard = { seed: 1, number: 0, first: 0, users: 20 };

  const { schedule } = await shrink(failing, shard, { rule: RULE, user: 5, at: 0 });

  expect(schedule.faults.map(({ time }) => time)).toEqual([0, 2, 6]);
});

test('leaves only the users and the faults without which nothing breaks', async () => {
  const shard = { seed: 1, number: 0, first: 0, users: 20 };

  const { schedule, user } = await shrink(runner, shard, { rule: RULE, user: 5, at: 0 });

  expect(user).toBe(5);
  expect(schedule.arrivals.map(({ number }) => number)).toEqual([5]);
  expect(schedule.faults.map(({ time }) => time)).toEqual([2, 6]);
});
