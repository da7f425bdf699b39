import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { retryDelay } from '../../../functions/retry-onboarding/retry-delay';
import { type App, onlyResourceOf, resourcesOf } from '../../../simulation/app/app';
import { nextTime } from '../../../simulation/app/next-time';
import type { QueueProperties } from '../../../simulation/models/queue';
import type { ScheduleProperties } from '../../../simulation/models/scheduler';
import type { StateMachineProperties } from '../../../simulation/models/step-functions';
import { ANSWER_TIME, CATCHING_UP, LONGEST_TASK, RETRY_TIME } from '../../../simulation/promise/times';
import { simulatedApps } from '../../support/simulated-apps';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const root = join(__dirname, '..', '..', '..');
const operations = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');

let apps: readonly App[];

beforeAll(async () => {
  apps = (await simulatedApps()).apps;
});

/** The rest of a row of the table "Time budget". */
function promised(part: string): string {
  const row = operations.split('\n').find((line) => line.startsWith(`| ${part}`));
  return (row ?? '').replace(/ +/g, ' ');
}

function retryQueueOf(app: App): Required<QueueProperties> {
  const queues = resourcesOf<QueueProperties>(app, 'AWS::SQS::Queue');
  return queues.find(({ properties }) => properties.RedrivePolicy)?.properties as Required<QueueProperties>;
}

test('the simulation holds the onboarding to the times that docs/operations.md promises', () => {
  expect(promised('Cognito, for the trigger')).toContain(`| ${ANSWER_TIME / 1000} s |`);
  expect(CATCHING_UP).toBe(30 * MINUTE);
  expect(promised('a user without a record, after a fault')).toContain(
    '| until the next reconciliation, a day at most, and half an hour |',
  );
});

test('the template reconciles every day', () => {
  for (const app of apps) {
    const { properties } = onlyResourceOf<ScheduleProperties>(app, 'AWS::Scheduler::Schedule');
    for (let hour = 0; hour < 24; hour += 1) {
      const time = Date.UTC(2026, 0, 5, hour, 17);
      expect(nextTime(properties.ScheduleExpression, time) - time).toBeLessThanOrEqual(DAY);
    }
  }
});

test('the template hides no message for longer than a user may wait after a reconciliation', () => {
  for (const app of apps) {
    expect(1000 * retryQueueOf(app).VisibilityTimeout).toBeLessThan(CATCHING_UP);
  }
});

test('the template tries nobody for less than the promised time', () => {
  for (const app of apps) {
    const { RedrivePolicy, VisibilityTimeout, MessageRetentionPeriod } = retryQueueOf(app);
    const attempts = RedrivePolicy.maxReceiveCount;
    expect(promised('a message in the retry queue')).toContain(`| ${attempts} attempts, first 30 s,`);
    const delays = Array.from({ length: attempts - 1 }, (_, index) => retryDelay(index + 1, () => 1));
    const shortest = Math.min((attempts - 1) * VisibilityTimeout, sum(delays));
    expect(1000 * shortest).toBeGreaterThanOrEqual(RETRY_TIME);
    const longest = Array.from({ length: attempts }, (_, index) => retryDelay(index + 1, () => 0));
    expect(sum(longest)).toBeLessThan(MessageRetentionPeriod);
  }
});

test('no task of a reconciliation may take longer than the simulation waits for its function', () => {
  for (const app of apps) {
    const machines = resourcesOf<StateMachineProperties>(app, 'AWS::StepFunctions::StateMachine');
    const definitions = machines.map(({ properties }) => JSON.parse(properties.DefinitionString));
    const { States } = definitions.find((definition) => definition.States.ReconcileUsers);
    const times = Object.values<{ TimeoutSeconds?: number }>(States).map(
      ({ TimeoutSeconds = 0 }) => TimeoutSeconds,
    );
    expect(1000 * Math.max(...times)).toBeLessThanOrEqual(LONGEST_TASK);
  }
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
