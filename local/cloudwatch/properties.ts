import type { PropertyRules } from '../aws/property-rules';

/** There are no metrics here, so that no alarm goes off. */
export const ALARM: PropertyRules = {
  played: ['ActionsEnabled', 'AlarmName'],
  withoutEffect: [
    'AlarmActions',
    'AlarmDescription',
    'ComparisonOperator',
    'DatapointsToAlarm',
    'Dimensions',
    'EvaluateLowSampleCountPercentile',
    'EvaluationCriteria',
    'EvaluationInterval',
    'EvaluationPeriods',
    'EvaluationWindow',
    'ExtendedStatistic',
    'InsufficientDataActions',
    'MetricName',
    'Metrics',
    'Namespace',
    'OKActions',
    'Period',
    'Statistic',
    'Tags',
    'Threshold',
    'ThresholdMetricId',
    'TreatMissingData',
    'Unit',
    'WarmUpConfiguration',
  ],
};
