import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { OnboardingMetrics } from './metrics';

/** The resources that the graphs show. */
export interface OnboardingDashboardProps {
  readonly triggerFunction: IFunction;
  readonly retryQueue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly metrics: OnboardingMetrics;
}

/**
 * Throttles of the quota that group adds share with other changes of users, of all pools of the account.
 *
 * It is a search, because Cognito's documentation does not say which value the dimension `Class` has.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/metrics-for-cognito-user-pools.html
 */
const THROTTLED_USER_UPDATES = new MathExpression({
  expression: `SEARCH('{AWS/Usage,Class,Resource,Service,Type} MetricName="ThrottleCount" Resource="UserUpdate"', 'Sum')`,
  label: 'UserUpdate',
});

/** Graphs of the users' way: how many confirmed, were onboarded or still wait, and how long it took. */
export class OnboardingDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: OnboardingDashboardProps) {
    const { triggerFunction, retryQueue, deadLetterQueue, metrics } = props;
    super(scope, id, {
      defaultInterval: Duration.days(1),
      widgets: [
        [
          graph('Confirmations', triggerFunction.metricInvocations({ label: 'trigger invocations' })),
          graph('Onboarded', metrics.metric('Onboarded', { label: 'records created' })),
          graph(
            'Latency',
            triggerFunction.metricDuration({ statistic: Stats.p(50), label: 'trigger p50' }),
            triggerFunction.metricDuration({ statistic: Stats.p(99), label: 'trigger p99' }),
          ),
        ],
        [
          graph('Parked', retryQueue.metricNumberOfMessagesSent({ label: 'sent to the retry queue' })),
          graph(
            'Retried',
            retryQueue.metricNumberOfMessagesReceived({ label: 'received from the retry queue' }),
          ),
          graph(
            'Dead',
            deadLetterQueue.metricApproximateNumberOfMessagesVisible({
              statistic: Stats.MAXIMUM,
              label: 'in the dead-letter queue',
            }),
          ),
        ],
        [
          graph('Missed', metrics.metric('Missed', { label: 'queued by a scheduled reconciliation' })),
          graph('Skipped', metrics.metric('Skipped', { label: 'skipped by the trigger' })),
          graph('Throttled by Cognito, in the whole account', THROTTLED_USER_UPDATES),
        ],
      ],
    });
  }
}

function graph(title: string, ...left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8 });
}
