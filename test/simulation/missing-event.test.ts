import { join } from 'node:path';
import { synthesizeApps } from '../../simulation/apps/apps';
import { bundle } from '../../simulation/code/bundles';
import { type Runner, Workers } from '../../simulation/runs/workers';
import type { FaultKind } from '../../simulation/schedule/fault';

const HOUR = 3_600_000;

/** The place of the app with an event bus. */
const WITH_EVENTS = 1;

const workers = new Workers(1);
let runner: Runner;

beforeAll(async () => {
  const apps = synthesizeApps(join(__dirname, '..', '..', 'dist'));
  runner = workers.runnerOf({ apps, bundles: await bundle() });
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

// The simulation has found it: docs/decisions.md says why it stays so.
test.each([
  ['the event bus fails', ['events:*'], { sawError: false, events: 1 }],
  ['the event bus and the retry queue fail', ['events:*', 'sqs:*'], { sawError: true, events: 0 }],
])('%s: an event is missing only for a user who saw an error', async (_, services, expected) => {
  const schedule = {
    start: Date.UTC(2026, 0, 5, 12),
    arrivals: [{ number: 0, kind: 'native' as const, at: 0, later: 0 }],
    faults: services.map(outageOf),
  };
  const shard = { seed: 1, number: WITH_EVENTS, first: 0, users: 1, schedule, snapshotAt: HOUR / 2 };

  const { numbers, snapshots, violations } = await runner.run(shard);

  const { hasRecord, sawError } = snapshots.at(-1)?.users[0] ?? {};
  expect({ hasRecord, sawError, events: numbers.events ?? 0 }).toEqual({ hasRecord: true, ...expected });
  expect(violations).toEqual([]);
});
