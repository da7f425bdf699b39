import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import type { ResolvedRecordFormat } from './record-format';

/** The names of the table's keys, and the key that encrypts it. */
export interface OnboardingTableProps {
  readonly record: ResolvedRecordFormat;
  readonly settings: ResolvedSettings;
}

/**
 * The table of the users' records.
 *
 * It is not a `TableV2`: that could use a customer managed key only if the stack's region is known at
 * synthesis.
 */
export class OnboardingTable extends Table {
  constructor(scope: Construct, id: string, { record, settings }: OnboardingTableProps) {
    const { partitionKey, sortKey } = record;
    super(scope, id, {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      ...(sortKey && { sortKey: { name: sortKey, type: AttributeType.STRING } }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryptionKey: settings.encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
