import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** The resources that the graphs show. */
export interface OnboardingDashboardProps {
  readonly triggerFunction: IFunction;
  readonly stateMachine: IStateMachine;
  readonly retryQueue: IQueue;
  readonly deadLetterQueue: IQueue;
}

/** Graphs of the users' way: how many confirmed, were onboarded or still wait, and how long it took. */
export class OnboardingDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: OnboardingDashboardProps) {
    const { triggerFunction, stateMachine, retryQueue, deadLetterQueue } = props;
    super(scope, id, {
      defaultInterval: Duration.days(1),
      widgets: [
        [
          graph('Confirmations', triggerFunction.metricInvocations({ label: 'trigger invocations' })),
          graph('Onboarded', stateMachine.metricSucceeded({ label: 'executions succeeded' })),
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
      ],
    });
  }
}

function graph(title: string, ...left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8 });
}
