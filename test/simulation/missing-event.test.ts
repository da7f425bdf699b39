import { type Runner, Workers } from '../../simulation/runs/workers';
import type { FaultKind } from '../../simulation/schedule/fault';
import type { Outcome } from '../../simulation/world/run';
import { EVERYTHING_APP, simulatedApps } from '../support/simulated-apps';

const HOUR = 3_600_000;

const workers = new Workers(1);
let runner: Runner;

beforeAll(async () => {
  runner = workers.runnerOf(await simulatedApps());
});

afterAll(() => workers.close());

const outageOf = (on: string) => ({
  kind: 'error' as FaultKind,
  on,
  error: 'ServiceUnavailable',
  from: 0,
  until: HOUR,
  probability: 1,
});

/** What becomes of a user who confirms at noon, at the beginning of an outage of an hour. */
function outcomeOf(...services: readonly string[]): Promise<Outcome> {
  const schedule = {
    start: Date.UTC(2026, 0, 5, 12),
    arrivals: [{ number: 0, kind: 'native' as const, at: 0, later: 0 }],
    faults: services.map(outageOf),
  };
  return runner.run({
    seed: 1,
    number: EVERYTHING_APP,
    first: 0,
    users: 1,
    schedule,
    snapshotAt: HOUR / 2,
  });
}

// The simulation found the second one: such a user had a record, and so nothing looked for them.
test.each([
  ['the event bus fails', ['events:*'], { sawError: false, isQueued: true }],
  ['the event bus and the retry queue fail', ['events:*', 'sqs:*'], { sawError: true, isQueued: false }],
])('%s: the user has a record, and gets their event later', async (_, services, expected) => {
  const { numbers, snapshots, violations } = await outcomeOf(...services);

  const [meanwhile, afterwards] = snapshots.map(({ users }) => users[0]);
  expect(meanwhile).toMatchObject({ hasRecord: true, ...expected });
  expect(afterwards).toMatchObject({ hasRecord: true, isQueued: false });
  expect(numbers.events).toBe(1);
  expect(violations).toEqual([]);
});

test('the mark cannot be removed: the event comes again, until it can', async () => {
  const { numbers, snapshots, violations } = await outcomeOf('dynamodb:UpdateItem');

  expect(snapshots[0]?.users[0]).toMatchObject({ hasRecord: true, isQueued: true });
  expect(snapshots[1]?.users[0]).toMatchObject({ hasRecord: true, isQueued: false });
  expect(numbers.events).toBeGreaterThan(1);
  expect(numbers.records).toBe(1);
  expect(violations).toEqual([]);
});
