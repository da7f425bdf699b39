import { Duration } from 'aws-cdk-lib';
import { Alarm, type IMetric, MathExpression, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OnboardingMetrics } from './metrics';
import type { Reconciliation } from './reconciliation';

/** The resources to watch, and the topic to notify. */
export interface OnboardingAlarmsProps {
  readonly triggerFunction: IFunction;
  readonly stateMachine: IStateMachine;
  readonly reconciliation: Reconciliation;
  readonly retryQueue: IQueue;
  readonly retryFunction: IFunction;
  readonly deadLetterQueue: IQueue;
  readonly metrics: OnboardingMetrics;
  readonly topics: AlarmTopics;
}

/** Who is notified when an alarm begins and when it ends. */
export interface AlarmTopics {
  /**
   * The topic of the alarms that should wake somebody: a user may be lost, or the search for such users has
   * stopped.
   *
   * @default - they notify nobody
   */
  readonly alarmTopic?: ITopic;
  /**
   * The topic of all other alarms, such as the one for a user who is parked and will be retried.
   *
   * @default - they notify nobody
   */
  readonly noticeTopic?: ITopic;
}

interface AlarmCondition {
  readonly metric: IMetric;
  /** The smallest value that raises the alarm. */
  readonly threshold: number;
  readonly description: string;
  /** @default noticeTopic */
  readonly topic?: keyof AlarmTopics;
}

const PERIOD = Duration.minutes(5);
const MAXIMUM = { statistic: Stats.MAXIMUM, period: PERIOD };
const SUM = { statistic: Stats.SUM, period: PERIOD };

/** The alarms of an onboarding, each explained under its id in docs/operations.md. */
export class OnboardingAlarms extends Construct {
  private readonly alarms: Alarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OnboardingAlarmsProps,
  ) {
    super(scope, id);
    this.watchQueues();
    this.watchOnboarding();
    this.watchReconciliation();
    this.watchTrigger();
  }

  get names(): string[] {
    return this.alarms.map(({ alarmName }) => alarmName);
  }

  private watchQueues(): void {
    const { retryQueue, retryFunction, deadLetterQueue } = this.props;
    this.createAlarm('DeadLetterQueueNotEmpty', {
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible(MAXIMUM),
      threshold: 1,
      topic: 'alarmTopic',
      description: 'Every retry for a confirmed user failed, or a message is not a confirmed user.',
    });
    this.createAlarm('OldestMessageTooOld', {
      metric: retryQueue.metricApproximateAgeOfOldestMessage(MAXIMUM),
      threshold: Duration.hours(1).toSeconds(),
      description: 'A parked user has waited for an hour: the retries have stopped or do not keep up.',
    });
    this.createAlarm('RetryFunctionFailing', {
      metric: sumOf({
        errors: retryFunction.metricErrors(SUM),
        throttles: retryFunction.metricThrottles(SUM),
      }),
      threshold: 1,
      description: 'Parked users are received but not retried, and each of them loses an attempt.',
    });
  }

  private watchOnboarding(): void {
    const { stateMachine } = this.props;
    this.createAlarm('OnboardingFailed', {
      metric: sumOf({ failed: stateMachine.metricFailed(SUM), timedOut: stateMachine.metricTimedOut(SUM) }),
      threshold: 1,
      description: 'The first attempt or a retry failed to onboard a user. The user is retried.',
    });
  }

  private watchReconciliation(): void {
    const { stateMachine, scheduleGroup } = this.props.reconciliation;
    this.createAlarm('TriggerDetached', {
      metric: this.props.metrics.metric('TriggerDetached', SUM),
      threshold: 1,
      topic: 'alarmTopic',
      description:
        'The user pool no longer calls the trigger, and users who confirm are not onboarded at once.',
    });
    this.createAlarm('UsersMissed', {
      metric: this.props.metrics.metric('Missed', SUM),
      threshold: 1,
      topic: 'alarmTopic',
      description: 'A scheduled reconciliation found confirmed users without a record, and queued them.',
    });
    this.createAlarm('UsersRefused', {
      metric: this.props.metrics.metric('Refused', SUM),
      threshold: 1,
      topic: 'alarmTopic',
      description: 'A scheduled reconciliation found confirmed users whom nothing can onboard as they are.',
    });
    this.createAlarm('ReconciliationNotStarted', {
      metric: scheduleGroup.metricTargetErrors(SUM),
      threshold: 1,
      topic: 'alarmTopic',
      description: 'The search for users without a record could not be started on schedule.',
    });
    this.createAlarm('ReconciliationFailed', {
      metric: sumOf({
        failed: stateMachine.metricFailed(SUM),
        timedOut: stateMachine.metricTimedOut(SUM),
        aborted: stateMachine.metricAborted(SUM),
      }),
      threshold: 1,
      topic: 'alarmTopic',
      description: 'The search of the user pool for users without a record did not finish.',
    });
  }

  private watchTrigger(): void {
    const { triggerFunction } = this.props;
    this.createAlarm('TriggerErrors', {
      metric: triggerFunction.metricErrors(SUM),
      threshold: 1,
      topic: 'alarmTopic',
      description: 'A user who confirmed their account saw an error, and may not even be parked.',
    });
    this.createAlarm('TriggerThrottles', {
      metric: triggerFunction.metricThrottles(SUM),
      threshold: 1,
      topic: 'alarmTopic',
      description: 'Lambda did not run the trigger for a user who confirmed their account.',
    });
    this.createAlarm('TriggerSlow', {
      metric: triggerFunction.metricDuration(MAXIMUM),
      // Half a second before the function's time-out.
      threshold: 3_500,
      description: 'The trigger has hardly any time left to park a user.',
    });
  }

  private createAlarm(id: string, { description, topic, ...condition }: AlarmCondition): void {
    const alarm = new Alarm(this, id, {
      ...condition,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${description} See ${id} in docs/operations.md.`,
    });
    this.alarms.push(alarm);
    const notified = this.props.topics[topic ?? 'noticeTopic'];
    if (!notified) return;
    const notification = new SnsAction(notified);
    alarm.addAlarmAction(notification);
    alarm.addOkAction(notification);
  }
}

/** Uses `SUM`, which skips a metric without a value; with `+`, the result would have no value. */
function sumOf(metrics: Record<string, IMetric>): MathExpression {
  return new MathExpression({
    expression: `SUM([${Object.keys(metrics).join(', ')}])`,
    usingMetrics: metrics,
    period: PERIOD,
  });
}
