import { Duration, Lazy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { resolveSteps } from '../../../infra/steps/onboarding-step';

const STATES = ['AddUserToGroup', 'PublishUserOnboarded'];
const step = (name: string, timeout?: Duration) => ({ name, function: {} as IFunction, timeout });

test('a step has 20 s, unless it says otherwise', () => {
  const steps = resolveSteps([step('CreateTenant'), step('ChargeCard', Duration.minutes(1))], STATES);

  expect(steps.map(({ timeout }) => timeout.toSeconds())).toEqual([20, 60]);
});

test.each([
  '',
  'createTenant',
  'Create Tenant',
  'Create-Tenant',
  '1Tenant',
  'Mandant$',
  `A${'a'.repeat(64)}`,
])('the name "%s" is refused', (name) => {
  expect(() => resolveSteps([step(name)], STATES)).toThrow(
    `must be 1 to 64 letters and digits and begin with a capital letter, such as CreateTenant, got: "${name}"`,
  );
});

test.each([
  ['of a state', [step('AddUserToGroup')], 'AddUserToGroup'],
  ['of the event', [step('PublishUserOnboarded')], 'PublishUserOnboarded'],
  ['of another step', [step('CreateTenant'), step('CreateTenant')], 'CreateTenant'],
])('the name %s is refused', (_, steps, name) => {
  expect(() => resolveSteps(steps, STATES)).toThrow(
    `the name of a step must differ from all other states and steps, got: "${name}"`,
  );
});

test.each([
  [Duration.millis(1500), '1 second 500 millis'],
  [Duration.seconds(0), '0 seconds'],
  [Duration.seconds(Lazy.number({ produce: () => 1 })), 'a token'],
])('the time-out %s is refused', (timeout, got) => {
  expect(() => resolveSteps([step('CreateTenant', timeout)], STATES)).toThrow(
    `the timeout of the step CreateTenant must be a whole number of seconds, at least 1, and known at synthesis, got: ${got}`,
  );
});
