import { Duration, Stack } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { GroupRule } from '../../functions/onboarding/group-rule';
import { allow } from '../access/allow';
import { allowKey, READ_FROM_TABLE, SEND_TO_QUEUE } from '../access/encryption';
import { userAttributesEnvironment } from '../record/user-attributes';
import { findingEnvironment, type ResolvedRecord } from '../record/user-record';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { cognitoEnvironment } from '../settings/partition';
import { OnboardingFunction } from './onboarding-function';

/** The user pool and the table to compare, and the queue for users without a record. */
export interface ReconcileUsersFunctionProps {
  readonly userPool: IUserPool;
  readonly table: ITable;
  readonly retryQueue: IQueue;
  /** The rule that chooses a user's group, if there are groups. */
  readonly rule?: GroupRule;
  /** How many users a page may queue a second. */
  readonly reconciliationsPerSecond: number;
  readonly record: ResolvedRecord;
  readonly userAttributes: readonly string[];
  readonly requireVerifiedEmail: boolean;
  readonly settings: ResolvedSettings;
}

/** The function of the state `ReconcileUsers`. */
export class ReconcileUsersFunction extends OnboardingFunction {
  constructor(scope: Construct, id: string, props: ReconcileUsersFunctionProps) {
    const { userPool, table, retryQueue, rule, record, userAttributes, requireVerifiedEmail, settings } =
      props;
    super(scope, id, {
      description: 'Sends users without a record, from one page of the user pool, to the retry queue',
      timeout: Duration.seconds(60),
      environment: {
        USER_POOL_ID: userPool.userPoolId,
        TABLE_NAME: table.tableName,
        RETRY_QUEUE_URL: retryQueue.queueUrl,
        ...(rule && { GROUP_RULE: Stack.of(scope).toJsonString(rule) }),
        MILLISECONDS_PER_USER: String(Math.ceil(1_000 / props.reconciliationsPerSecond)),
        REQUIRE_VERIFIED_EMAIL: String(requireVerifiedEmail),
        ...findingEnvironment(record),
        ...userAttributesEnvironment(userAttributes),
        ...cognitoEnvironment(scope),
      },
      settings,
    });
    const groups = rule ? ['cognito-idp:AdminListGroupsForUser'] : [];
    this.addToRolePolicy(allow(['cognito-idp:ListUsers', ...groups], userPool.userPoolArn));
    this.addToRolePolicy(allow('dynamodb:BatchGetItem', table.tableArn));
    this.addToRolePolicy(allow(['sqs:SendMessage', 'sqs:GetQueueAttributes'], retryQueue.queueArn));
    allowKey(this.role, table.encryptionKey, ...READ_FROM_TABLE);
    allowKey(this.role, settings.encryptionKey, ...SEND_TO_QUEUE);
  }
}
