import { Template } from 'aws-cdk-lib/assertions';
import { synthesizedStack } from '../../support/stack';

interface Widget {
  readonly properties: { readonly title: string; readonly metrics: (Metric | [Search])[] };
}

type Metric = [...string[], { stat: string }];

interface Search {
  readonly expression: string;
}

function widgets(): Widget[] {
  const [dashboard] = Object.values(
    Template.fromStack(synthesizedStack()).findResources('AWS::CloudWatch::Dashboard'),
  );
  const parts: (string | { Ref: string } | { 'Fn::GetAtt': string[] })[] =
    dashboard?.Properties.DashboardBody['Fn::Join'][1];
  const body = parts.map((part) => (typeof part === 'string' ? part : Object.values(part).flat()[0]));
  return JSON.parse(body.join('')).widgets;
}

test("shows a user's way, from the confirmation to the record or to the dead-letter queue", () => {
  const shown = widgets().map(({ properties: { title, metrics } }) => [
    title,
    ...metrics.map((metric) => {
      const [namespace, name, , resource] = metric;
      if (typeof namespace !== 'string') return (namespace as Search).expression;
      const { stat } = metric.at(-1) as { stat: string };
      // Our own metrics have no dimension.
      if (typeof resource !== 'string') return `${stat} of ${namespace} ${name}`;
      const withoutHash = resource.replace(/^Onboarding/, '').replace(/[0-9A-F]{8}$/, '');
      return `${stat} of ${namespace} ${name} of ${withoutHash}`;
    }),
  ]);

  expect(shown).toEqual([
    ['Confirmations', 'Sum of AWS/Lambda Invocations of PostConfirmationFunction'],
    ['Onboarded', 'Sum of ConfirmedUserOnboarding/UserOnboarding/Onboarding Onboarded'],
    [
      'Latency',
      'p50 of AWS/Lambda Duration of PostConfirmationFunction',
      'p99 of AWS/Lambda Duration of PostConfirmationFunction',
    ],
    ['Parked', 'Sum of AWS/SQS NumberOfMessagesSent of RetryQueue'],
    ['Retried', 'Sum of AWS/SQS NumberOfMessagesReceived of RetryQueue'],
    ['Dead', 'Maximum of AWS/SQS ApproximateNumberOfMessagesVisible of RetryDeadLetterQueue'],
    ['Missed', 'Sum of ConfirmedUserOnboarding/UserOnboarding/Onboarding Missed'],
    ['Skipped', 'Sum of ConfirmedUserOnboarding/UserOnboarding/Onboarding Skipped'],
    [
      'Throttled by Cognito, in the whole account',
      `SEARCH('{AWS/Usage,Class,Resource,Service,Type} MetricName="ThrottleCount" Resource="UserUpdate"', 'Sum')`,
    ],
  ]);
});
