import type { App } from '../../../simulation/app/app';
import type { Bundles } from '../../../simulation/code/bundles';
import { Workers } from '../../../simulation/runs/workers';
import type { FaultTemplate } from '../../../simulation/schedule/fault';
import type { Outcome } from '../../../simulation/world/run';
import { DEFAULT_APP, simulatedApps } from '../../support/simulated-apps';

const HOUR = 3_600_000;

const workers = new Workers(1);
let app: App;
let bundles: Bundles;

beforeAll(async () => {
  const simulated = await simulatedApps();
  app = simulated.apps[DEFAULT_APP] as App;
  bundles = simulated.bundles;
});

afterAll(() => workers.close());

/** The app with an alarm that nothing raises. */
function withDeaf(heading: string): App {
  const resources = app.resources.map((resource) =>
    new RegExp(`${heading}[0-9A-F]{8}$`).test(resource.logicalId)
      ? { ...resource, properties: { ...resource.properties, Threshold: 1e9 } }
      : resource,
  );
  return { resources };
}

/** What becomes of a user who confirms at noon, while a fault lasts until the next noon. */
function outcomeOf(simulated: App, fault: FaultTemplate): Promise<Outcome> {
  const schedule = {
    start: Date.UTC(2026, 0, 5, 12),
    arrivals: [{ number: 0, kind: 'native' as const, at: 0, later: 0 }],
    faults: [{ from: 0, until: 24 * HOUR, probability: 1, ...fault }],
  };
  const runner = workers.runnerOf({ apps: [simulated], bundles });
  return runner.run({ seed: 1, number: 0, first: 0, users: 1, schedule });
}

const DENIED = 'AccessDeniedException';

test.each<[heading: string, why: string, fault: FaultTemplate]>([
  [
    'ReconciliationFailed',
    'the users cannot be listed',
    { kind: 'error', on: 'cognito-idp:ListUsers', error: DENIED },
  ],
  [
    'ReconciliationFailed',
    'the trigger cannot be checked',
    { kind: 'error', on: 'cognito-idp:DescribeUserPool', error: DENIED },
  ],
  ['TriggerErrors', 'the trigger crashes', { kind: 'crash', on: 'post-confirmation' }],
])('the alarm %s must be raised when %s', async (heading, _, fault) => {
  const [heard, deaf] = [await outcomeOf(app, fault), await outcomeOf(withDeaf(heading), fault)];

  expect(heard.violations).toEqual([]);
  expect(deaf.violations.map(({ rule }) => rule)).toEqual([
    `the alarm ${heading} is raised when it should be`,
  ]);
});

test('a reconciliation that only failed with the trigger has found everybody', async () => {
  const fault = { kind: 'error', on: 'cognito-idp:DescribeUserPool', error: DENIED } as const;

  const { numbers } = await outcomeOf(app, fault);

  expect(numbers.reconciliations).toBe(2);
});

test('a trigger with more time than Cognito has answers too late', async () => {
  const resources = app.resources.map((resource) =>
    resource.logicalId.includes('PostConfirmationFunction') && resource.type === 'AWS::Lambda::Function'
      ? { ...resource, properties: { ...resource.properties, Timeout: 30 } }
      : resource,
  );
  const slow: FaultTemplate = { kind: 'delay', on: 'states:StartSyncExecution', time: 12_000 };

  const [usual, patient] = [await outcomeOf(app, slow), await outcomeOf({ resources }, slow)];

  expect(usual.violations).toEqual([]);
  expect(patient.violations.map(({ rule }) => rule)).toContain('Cognito has its answer within 5 s');
});

test('no world has a user twice', async () => {
  const user = { number: 7, kind: 'native' as const, at: 0, later: 0 };
  const schedule = { start: 0, arrivals: [user, user], faults: [] };
  const runner = workers.runnerOf({ apps: [app], bundles });

  await expect(runner.run({ seed: 1, number: 0, first: 0, users: 2, schedule })).rejects.toThrow(
    'the schedule has a user twice',
  );
});
