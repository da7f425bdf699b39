import type { PropertyRules } from '../aws/property-rules';

const OTHER_TARGET = 'it is for targets of another service: EventBridge Scheduler refuses it for this one';

export const SCHEDULE: PropertyRules = {
  played: [
    'EndDate',
    'GroupName',
    'Name',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'StartDate',
    'State',
    'Target.Arn',
    'Target.Input',
    'Target.RoleArn',
    'Target.SqsParameters',
  ],
  withoutEffect: [
    'Description',
    // AWS may start the target at the beginning of the window.
    'FlexibleTimeWindow',
    'KmsKeyArn',
    // Whoever moves the clock or starts a schedule is told that its target could not be started.
    'Target.DeadLetterConfig',
    'Target.RetryPolicy',
  ],
  refused: {
    'Target.EcsParameters': OTHER_TARGET,
    'Target.EventBridgeParameters': OTHER_TARGET,
    'Target.KinesisParameters': OTHER_TARGET,
    'Target.SageMakerPipelineParameters': OTHER_TARGET,
  },
};
