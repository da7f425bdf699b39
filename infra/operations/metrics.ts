import { Names, Stack } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type JsonPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Reconciliation } from './reconciliation';

/** The functions whose log lines are counted. */
export interface OnboardingMetricsProps {
  readonly triggerFunction: LambdaFunction;
  readonly putUserRecordFunction: LambdaFunction;
  readonly reconciliation: Reconciliation;
}

/** What is counted of the promise that no confirmed user is lost. */
export type OnboardingMetricName =
  | 'Onboarded'
  | 'Parked'
  | 'Missed'
  | 'Refused'
  | 'Skipped'
  | 'TriggerDetached';

/**
 * Metrics of the promise itself, by filters on the lines that the functions write. The namespace contains the
 * stack's name and the construct's path, so that two onboardings never share a metric.
 */
export class OnboardingMetrics extends Construct {
  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: OnboardingMetricsProps) {
    super(scope, id);
    this.namespace = namespaceOf(scope);
    const { triggerFunction, putUserRecordFunction, reconciliation } = props;
    const { checkTriggerFunction, reconcileUsersFunction } = reconciliation;
    // A record is written once. The trigger and the retries may both say that a user is onboarded.
    this.count('Onboarded', putUserRecordFunction, lines('UserRecordCreated'));
    this.count('Parked', triggerFunction, lines('UserParked'));
    this.count('Skipped', triggerFunction, lines('OnboardingSkipped'));
    this.count('TriggerDetached', checkTriggerFunction, lines('TriggerDetached'));
    this.countUsersOfPages('Missed', reconcileUsersFunction, '$.message.missed');
    this.countUsersOfPages('Refused', reconcileUsersFunction, '$.message.refused');
  }

  private countUsersOfPages(name: OnboardingMetricName, pages: LambdaFunction, field: string): void {
    const some = FilterPattern.numberValue(field, '>', 0);
    this.count(name, pages, FilterPattern.all(lines('PageReconciled'), some), field);
  }

  metric(metricName: OnboardingMetricName, options?: MetricOptions): Metric {
    const { namespace } = this;
    return new Metric({ namespace, metricName, statistic: Stats.SUM, ...options }).attachTo(this);
  }

  /** @param metricValue what a line adds, by default 1. */
  private count(
    metricName: OnboardingMetricName,
    { logGroup }: LambdaFunction,
    filterPattern: JsonPattern,
    metricValue?: string,
  ): void {
    const metricNamespace = this.namespace;
    new MetricFilter(this, metricName, { logGroup, filterPattern, metricNamespace, metricName, metricValue });
  }
}

/**
 * Lambda puts an object that is logged under `message`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
function lines(event: string): JsonPattern {
  return FilterPattern.stringValue('$.message.event', '=', event);
}

function namespaceOf(scope: Construct): string {
  const path = Names.stackRelativeConstructPath(scope).replace(/[^\w./#-]/g, '-');
  return `ConfirmedUserOnboarding/${Stack.of(scope).stackName}/${path}`;
}
