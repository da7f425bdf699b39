import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from '../access/allow';
import { allowKey, READ_FROM_TABLE, SEND_TO_QUEUE } from '../access/encryption';
import { userAttributesEnvironment } from '../record/user-attributes';
import { findingEnvironment, type ResolvedRecord } from '../record/user-record';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { cognitoEnvironment } from '../settings/partition';
import type { TimeBudget } from '../settings/time-budget';
import { OnboardingFunction } from './onboarding-function';

/** How many batches run at once. Lambda allows no fewer for an event source mapping. */
export const RETRY_CONCURRENCY = 2;

/** What the function starts for each user, the queue that it reads, and the queue for invalid messages. */
export interface RetryOnboardingFunctionProps {
  readonly userPool: IUserPool;
  readonly stateMachine: IStateMachine;
  readonly retryQueue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly times: TimeBudget;
  readonly table: ITable;
  readonly record: ResolvedRecord;
  /** What every message should know of its user: older ones are completed. */
  readonly userAttributes: readonly string[];
  /** How many users all batches together may start an execution for in a second. */
  readonly retriesPerSecond: number;
  readonly settings: ResolvedSettings;
}

/** The consumer of the retry queue. */
export class RetryOnboardingFunction extends OnboardingFunction {
  constructor(scope: Construct, id: string, props: RetryOnboardingFunctionProps) {
    const { userPool, stateMachine, retryQueue, deadLetterQueue, times, table, record, settings } = props;
    super(scope, id, {
      description: 'Onboards the users who wait in the retry queue',
      timeout: times.batch,
      environment: {
        STATE_MACHINE_ARN: stateMachine.stateMachineArn,
        RETRY_QUEUE_URL: retryQueue.queueUrl,
        DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl,
        USER_POOL_ID: userPool.userPoolId,
        EXECUTION_TIME: String(times.execution.toMilliseconds()),
        ...userAttributesEnvironment(props.userAttributes),
        ...cognitoEnvironment(scope),
        MILLISECONDS_PER_USER: String(Math.ceil((1_000 * RETRY_CONCURRENCY) / props.retriesPerSecond)),
        TABLE_NAME: table.tableName,
        ...findingEnvironment(record),
      },
      settings,
    });
    this.addToRolePolicy(allow('states:StartSyncExecution', stateMachine.stateMachineArn));
    this.addToRolePolicy(allow('cognito-idp:AdminGetUser', userPool.userPoolArn));
    this.addToRolePolicy(allow('sqs:SendMessage', deadLetterQueue.queueArn));
    this.addToRolePolicy(allow('dynamodb:GetItem', table.tableArn));
    allowKey(this.role, table.encryptionKey, ...READ_FROM_TABLE);
    // SEND_TO_QUEUE includes kms:Decrypt, which StartSyncExecution and an encrypted event source need, too.
    allowKey(this.role, settings.encryptionKey, ...SEND_TO_QUEUE);
  }
}
