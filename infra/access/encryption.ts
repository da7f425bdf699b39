import { Annotations, ArnFormat, Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CustomerManagedEncryptionConfiguration } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from './allow';

/** Lets a role use a customer managed key, if there is one. */
export function allowKey(role: IRole | undefined, key: IKey | undefined, ...actions: string[]): void {
  if (key) role?.addToPrincipalPolicy(allow(actions, key.keyArn));
}

/** What a role needs to send to a queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
export const SEND_TO_QUEUE = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** What a role needs to write to a table, the same as in CDK's own grants. */
export const WRITE_TO_TABLE = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** What a role needs to read from a table. */
export const READ_FROM_TABLE = ['kms:Decrypt', 'kms:DescribeKey'];

/**
 * Lets CloudWatch Logs use the key for the log groups of this account and region.
 *
 * The policy of an imported key cannot be changed here: a warning says what it must allow.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function allowCloudWatchLogs(scope: Construct, key: IKey): void {
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const statement = new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
  });
  if (key.addToResourcePolicy(statement, true).statementAdded) return;
  Annotations.of(scope).addWarningV2(
    'confirmed-user-onboarding:keyPolicy',
    'the policy of an imported encryptionKey is not changed: it must allow CloudWatch Logs and ' +
      'delivery.logs.amazonaws.com to use it, as docs/security.md says, or the deployment fails',
  );
}

/** The configuration that encrypts a state machine with a customer managed key, if there is one. */
export function stateMachineEncryption(key: IKey | undefined) {
  return key && new CustomerManagedEncryptionConfiguration(key);
}
