import type { PropertyRules } from '../aws/property-rules';

const NO_VECTORS = 'the local cloud cannot search by vectors: leave the index out of the app that runs here';

/** What reads a stream, or a copy in another region, is named itself. */
export const TABLE: PropertyRules = {
  played: [
    'AttributeDefinitions',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'TableName',
  ],
  withoutEffect: [
    'BillingMode',
    'ContributorInsightsSpecification',
    'KinesisStreamSpecification',
    'OnDemandThroughput',
    'PointInTimeRecoverySpecification',
    'ProvisionedThroughput',
    'ResourcePolicy',
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'Tags',
    'WarmThroughput',
  ],
  leftOut: ['ImportSourceSpecification', 'TimeToLiveSpecification'],
  refused: { VectorIndexes: NO_VECTORS },
};

export const GLOBAL_TABLE: PropertyRules = {
  played: [
    'AttributeDefinitions',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'Replicas',
    'TableName',
  ],
  withoutEffect: [
    'BillingMode',
    'GlobalTableSourceArn',
    'GlobalTableWitnesses',
    'MultiRegionConsistency',
    'ReadOnDemandThroughputSettings',
    'ReadProvisionedThroughputSettings',
    'SSESpecification',
    'StreamSpecification',
    'WarmThroughput',
    'WriteOnDemandThroughputSettings',
    'WriteProvisionedThroughputSettings',
  ],
  leftOut: ['TimeToLiveSpecification'],
  refused: { VectorIndexes: NO_VECTORS },
};
