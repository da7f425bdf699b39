import { Names, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ResolvedSettings } from '../settings/onboarding-settings';

/**
 * The log group of a state machine.
 *
 * Its prefix keeps the account's log resource policy within its size limit.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
 */
export class ExecutionLogs extends LogGroup {
  constructor(scope: Construct, id: string, { logRetention, encryptionKey }: ResolvedSettings) {
    super(scope, id, {
      logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(scope, { maxLength: 80 })}-${id}`,
      retention: logRetention,
      encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
