import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import type { ResolvedRecord } from './user-record';

/** The names of the table's keys, the key that encrypts it, and whether it can be deleted. */
export interface OnboardingTableProps {
  readonly record: ResolvedRecord;
  readonly deletionProtection: boolean;
  readonly settings: ResolvedSettings;
}

/**
 * The table of the users' records.
 *
 * It is not a `TableV2`: that could use a customer managed key only if the stack's region is known at
 * synthesis.
 */
export class OnboardingTable extends Table {
  constructor(scope: Construct, id: string, { record, deletionProtection, settings }: OnboardingTableProps) {
    const [partitionKey = '', sortKey] = Object.keys(record.key);
    super(scope, id, {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      ...(sortKey && { sortKey: { name: sortKey, type: AttributeType.STRING } }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryptionKey: settings.encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection,
      // A first deployment that fails leaves nothing behind, and can be repeated.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
