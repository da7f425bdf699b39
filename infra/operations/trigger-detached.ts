import { Names } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Counts the lines `TriggerDetached` in the log of the function that checks the trigger. */
export function metricTriggerDetached(scope: Construct, logGroup: ILogGroup): Metric {
  const filter = new MetricFilter(scope, 'TriggerDetachedFilter', {
    logGroup,
    // Lambda puts the logged object under `message`:
    // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
    filterPattern: FilterPattern.stringValue('$.message.event', '=', 'TriggerDetached'),
    metricNamespace: `ConfirmedUserOnboarding/${Names.uniqueResourceName(scope, { maxLength: 200 })}`,
    metricName: 'TriggerDetached',
  });
  return filter.metric();
}
