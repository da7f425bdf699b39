import type { Violation } from '../../../simulation/promise/violation';
import { failureReport } from '../../../simulation/runs/report';
import { simulate, WorldFailedError } from '../../../simulation/runs/simulation';
import type { Runner } from '../../../simulation/runs/workers';
import type { Schedule } from '../../../simulation/schedule/schedule';
import type { Outcome } from '../../../simulation/world/run';

const SCHEDULE: Schedule = {
  start: 0,
  arrivals: [{ number: 0, kind: 'native', at: 0, later: 0 }],
  faults: [],
};

const outcomeOf = (...violations: Violation[]): Outcome => ({
  violations,
  numbers: {},
  coverage: {},
  story: [],
  snapshots: [],
});

/** Runs worlds whose outcomes are given, and the same world again with another one. */
function runnerOf(first: Outcome, again: Outcome): Runner {
  return {
    scheduleOf: () => SCHEDULE,
    run: async () => again,
    runAll: async function* (shards) {
      for (const shard of shards) yield { shard, outcome: first };
    },
  };
}

const lost = { rule: 'nobody is lost', user: 0, at: 1 };
const late = { rule: 'nobody is late', user: 0, at: 0 };

test('the rule that is printed is the one whose schedule was shortened', async () => {
  const runner = runnerOf(outcomeOf(lost), outcomeOf(late, lost));

  const { failure } = await simulate(runner, { seed: 1, users: 1 });

  expect(failure?.violation).toEqual(lost);
});

test('a world that fails in a model says which one it is, and how the run is repeated', async () => {
  const runner: Runner = {
    ...runnerOf(outcomeOf(), outcomeOf()),
    runAll: async function* ([first]) {
      if (first) yield { shard: first, outcome: outcomeOf() };
      throw new Error('Error: there is no model of s3:GetObject\n    at network.ts:90');
    },
  };

  const failure = await simulate(runner, { seed: 7, users: 900 }).catch((error) => error);

  expect(failure).toBeInstanceOf(WorldFailedError);
  expect(failure.message).toBe(
    'world 1 (users 500 to 899) of --users 900 --seed 7 failed: Error: there is no model of s3:GetObject',
  );
  expect(failure.failure).toContain('at network.ts:90');
});

test.each([
  [4, 'again:    npm run simulate -- --users 10 --seed 7 --user 4'],
  [undefined, 'again:    npm run simulate -- --users 10 --seed 7'],
])('a broken rule of user %s is printed with the command that repeats it', (user, line) => {
  const failure = { violation: lost, user, schedule: SCHEDULE, story: [] };

  expect(failureReport(failure, { users: 10, seed: 7 }).split('\n')).toContain(line);
});
