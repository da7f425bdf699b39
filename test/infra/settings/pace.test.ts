import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type OnboardingPace, resolvePace } from '../../../infra/settings/pace';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { testApp } from '../../support/stack';

/** The milliseconds for a user, by the beginning of the function's description. */
function timesOf(pace: OnboardingPace): Record<string, string> {
  const stack = new Stack(testApp(), 'Stack');
  new UserOnboarding(stack, 'Onboarding', pace);
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return Object.fromEntries(
    functions.flatMap(({ Properties: { Description, Environment } }) => {
      const time: string | undefined = Environment?.Variables.MILLISECONDS_PER_USER;
      return time === undefined ? [] : [[Description.split(' ')[0], time]];
    }),
  );
}

test('by default, two batches together retry 10 users a second, and a reconciliation queues 5', () => {
  expect(timesOf({})).toEqual({ Onboards: '200', Sends: '200' });
});

test('the props set the time for a user', () => {
  expect(timesOf({ retriesPerSecond: 25, reconciliationsPerSecond: 1.5 })).toEqual({
    Onboards: '80',
    Sends: '667',
  });
});

test.each<[OnboardingPace, RegExp]>([
  [{ retriesPerSecond: 1 }, /^retriesPerSecond must be from 2 to 25 .*UserUpdate.*, got: 1$/],
  [{ retriesPerSecond: 26 }, /^retriesPerSecond must be from 2 to 25 .*, got: 26$/],
  [{ retriesPerSecond: Number.NaN }, /^retriesPerSecond must be from 2 to 25 .*, got: NaN$/],
  [
    { reconciliationsPerSecond: 1.4 },
    /^reconciliationsPerSecond must be at least 1.5: a page of 60 users must be queued within 40 s .*, got: 1.4$/,
  ],
  [{ reconciliationsPerSecond: 0 }, /^reconciliationsPerSecond must be at least 1.5.*, got: 0$/],
  [{ reconciliationsPerSecond: 10 }, /must be less than retriesPerSecond \(10\).*, got: 10$/],
  [{ retriesPerSecond: 5 }, /must be less than retriesPerSecond \(5\).*, got: 5$/],
])('%j is refused', (pace, reason) => {
  expect(() => resolvePace(pace)).toThrow(reason);
});
