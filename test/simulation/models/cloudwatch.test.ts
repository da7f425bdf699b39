import { Clock } from '../../../simulation/clock/clock';
import { CloudWatch } from '../../../simulation/models/cloudwatch';

const ALARM = {
  Namespace: 'AWS/SQS',
  MetricName: 'Messages',
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  Threshold: 1,
};

const { Namespace, MetricName, Statistic: _, Period: __, ...CONDITION } = ALARM;

const queryOf = (Id: string, change: object = {}) => ({
  Id,
  MetricStat: { Metric: { Namespace, MetricName }, Stat: 'Sum', Period: 300, ...change },
});

const sumOf = (Expression: string, change?: object) => ({
  ...CONDITION,
  Metrics: [{ Id: 'expr', Expression }, queryOf('a'), queryOf('b', change)],
});

function cloudWatchWith(properties: Record<string, unknown>, clock = new Clock(0)): CloudWatch {
  const resource = {
    logicalId: 'Alarm0123ABCD',
    type: 'AWS::CloudWatch::Alarm',
    ref: '',
    arn: '',
    properties,
  };
  return new CloudWatch({ resources: [resource] }, clock, []);
}

test.each([
  ['one metric', ALARM],
  ['the sum of two metrics', sumOf('SUM([a, b])')],
])('plays an alarm of %s', async (_, properties) => {
  const clock = new Clock(0);
  const cloudWatch = cloudWatchWith(properties, clock);
  cloudWatch.add(Namespace, MetricName, {}, 1);

  await clock.runUntil(600_000);

  expect(cloudWatch.raised('Alarm')).toEqual([300_000]);
});

test.each<[property: string, properties: Record<string, unknown>]>([
  ['ComparisonOperator', { ...ALARM, ComparisonOperator: 'LessThanThreshold' }],
  ['EvaluationPeriods', { ...ALARM, EvaluationPeriods: 2 }],
  ['DatapointsToAlarm', { ...ALARM, DatapointsToAlarm: 2 }],
  ['TreatMissingData', { ...ALARM, TreatMissingData: 'breaching' }],
  ['Statistic', { ...ALARM, Statistic: 'Average' }],
  ['Period', { ...ALARM, Period: 60 }],
  ['Metrics', sumOf('a + b')],
  ['Metrics', sumOf('SUM([a])')],
  ['Metrics', sumOf('SUM([a, b])', { Stat: 'Maximum' })],
  ['Metrics', sumOf('SUM([a, b])', { Period: 60 })],
])('refuses an alarm whose %s it would misread', (property, properties) => {
  expect(() => cloudWatchWith(properties)).toThrow(
    `there is no model of ${property} of the alarm Alarm0123ABCD`,
  );
});
