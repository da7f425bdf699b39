import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { synthesizedStack, testApp } from '../../support/stack';

const operations = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'operations.md'), 'utf8');

interface AlarmProperties extends Metric {
  readonly AlarmDescription: string;
  readonly AlarmActions?: unknown[];
  readonly OKActions?: unknown[];
  readonly Metrics?: { Expression?: string; MetricStat?: { Metric: Metric; Stat: string } }[];
  readonly Statistic?: string;
}

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: {
    Name: string;
    Value: string | { Ref: string } | { 'Fn::GetAtt': [string, string] };
  }[];
}

/** The alarms by their construct id. */
function alarmsOf(stack: Stack): Map<string, AlarmProperties> {
  const alarms = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return new Map(
    alarms.map(([logicalId, { Properties }]) => [
      logicalId.replace(/^OnboardingAlarms(\w+)[0-9A-F]{8}$/, '$1'),
      Properties,
    ]),
  );
}

/** `statistic of metric of resource`, with the generated part of the logical id left out. */
function describeMetric({ Namespace, MetricName, Dimensions = [] }: Metric, statistic?: string): string {
  const [dimension] = Dimensions;
  const value = dimension?.Value ?? '';
  const logicalId = typeof value === 'string' ? value : (Object.values(value).flat()[0] as string);
  const resource = logicalId.replace(/^Onboarding/, '').replace(/[0-9A-F]{8}$/, '');
  return `${statistic} of ${Namespace} ${MetricName} of ${resource}`;
}

function metricsOf({ Metrics, ...metric }: AlarmProperties): string[] {
  if (!Metrics) return [describeMetric(metric, metric.Statistic)];
  return Metrics.flatMap(({ MetricStat }) =>
    MetricStat ? describeMetric(MetricStat.Metric, MetricStat.Stat) : [],
  );
}

const alarms = alarmsOf(synthesizedStack());

test.each<[string, number, string[]]>([
  [
    'DeadLetterQueueNotEmpty',
    1,
    ['Maximum of AWS/SQS ApproximateNumberOfMessagesVisible of RetryDeadLetterQueue'],
  ],
  ['OldestMessageTooOld', 3_600, ['Maximum of AWS/SQS ApproximateAgeOfOldestMessage of RetryQueue']],
  [
    'RetryFunctionFailing',
    1,
    [
      'Sum of AWS/Lambda Errors of RetryOnboardingFunction',
      'Sum of AWS/Lambda Throttles of RetryOnboardingFunction',
    ],
  ],
  [
    'OnboardingFailed',
    1,
    [
      'Sum of AWS/States ExecutionsFailed of StateMachine',
      'Sum of AWS/States ExecutionsTimedOut of StateMachine',
    ],
  ],
  ['UsersMissed', 1, ['Sum of ConfirmedUserOnboarding/UserOnboarding/Onboarding Missed of ']],
  ['UsersRefused', 1, ['Sum of ConfirmedUserOnboarding/UserOnboarding/Onboarding Refused of ']],
  [
    'ReconciliationNotStarted',
    1,
    ['Sum of AWS/Scheduler TargetErrorCount of UserOnboarding-Reconciliation-ScheduleGroup-'],
  ],
  [
    'ReconciliationFailed',
    1,
    [
      'Sum of AWS/States ExecutionsFailed of ReconciliationStateMachine',
      'Sum of AWS/States ExecutionsTimedOut of ReconciliationStateMachine',
      'Sum of AWS/States ExecutionsAborted of ReconciliationStateMachine',
    ],
  ],
  ['TriggerDetached', 1, ['Sum of ConfirmedUserOnboarding/UserOnboarding/Onboarding TriggerDetached of ']],
  ['TriggerErrors', 1, ['Sum of AWS/Lambda Errors of PostConfirmationFunction']],
  ['TriggerThrottles', 1, ['Sum of AWS/Lambda Throttles of PostConfirmationFunction']],
  ['TriggerSlow', 3_500, ['Maximum of AWS/Lambda Duration of PostConfirmationFunction']],
])('%s is raised from %i on', (id, threshold, metrics) => {
  const alarm = alarms.get(id) as AlarmProperties;

  expect(metricsOf(alarm)).toEqual(metrics);
  expect(alarm).toMatchObject({
    Threshold: threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  });
});

test('one metric without a value does not hide the others', () => {
  const expressions = [...alarms.values()].flatMap(({ Metrics = [] }) =>
    Metrics.flatMap(({ Expression }) => Expression ?? []),
  );

  expect(expressions).toEqual([
    'SUM([errors, throttles])',
    'SUM([failed, timedOut])',
    'SUM([failed, timedOut, aborted])',
  ]);
});

test('every alarm is in this table and in the runbook', () => {
  const explained = [...operations.matchAll(/^### (\w+)$/gm)].map(([, id]) => id);

  expect(alarms.size).toBe(12);
  expect([...alarms.keys()].sort()).toEqual(explained.sort());
});

test.each([...alarms])('%s says what it means, and where to read on', (id, { AlarmDescription }) => {
  expect(AlarmDescription).toMatch(new RegExp(`^[A-Z].+\\. See ${id} in docs/operations\\.md\\.$`));
});

test('nobody is notified without a topic', () => {
  for (const alarm of alarms.values()) {
    expect(alarm).not.toHaveProperty('AlarmActions');
    expect(alarm).not.toHaveProperty('OKActions');
  }
});

describe('with topics', () => {
  const stack = new Stack(testApp(), 'Told');
  const alarmTopic = new Topic(stack, 'AlarmTopic');
  const noticeTopic = new Topic(stack, 'NoticeTopic');
  new UserOnboarding(stack, 'Onboarding', { alarmTopic, noticeTopic });
  const told = [...alarmsOf(stack)];
  const toldBy = (topic: Topic) =>
    told.flatMap(([id, { AlarmActions }]) => {
      const [action] = stack.resolve(AlarmActions) as { Ref: string }[];
      return action?.Ref === stack.resolve(topic.topicArn).Ref ? id : [];
    });

  test('alarmTopic wakes somebody if a user may be lost', () => {
    expect(toldBy(alarmTopic).sort()).toEqual([
      'DeadLetterQueueNotEmpty',
      'ReconciliationFailed',
      'ReconciliationNotStarted',
      'TriggerDetached',
      'TriggerErrors',
      'TriggerThrottles',
      'UsersMissed',
      'UsersRefused',
    ]);
  });

  test('noticeTopic hears the rest', () => {
    expect(toldBy(noticeTopic).sort()).toEqual([
      'OldestMessageTooOld',
      'OnboardingFailed',
      'RetryFunctionFailing',
      'TriggerSlow',
    ]);
  });

  test.each(told)('%s: its topic is notified when it begins and when it ends', (_, alarm) => {
    expect(alarm.AlarmActions).toHaveLength(1);
    expect(alarm.OKActions).toEqual(alarm.AlarmActions);
  });
});
