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
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'Tags',
    'WarmThroughput',
  ],
  // A policy of a table decides who may use it.
  leftOut: ['ImportSourceSpecification', 'ResourcePolicy', 'TimeToLiveSpecification'],
  refused: { VectorIndexes: NO_VECTORS },
};

export const GLOBAL_TABLE: PropertyRules = {
  played: [
    'AttributeDefinitions',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'Replicas.DeletionProtectionEnabled',
    'Replicas.Region',
    'TableName',
  ],
  withoutEffect: [
    'BillingMode',
    'GlobalTableSourceArn',
    'GlobalTableWitnesses',
    'MultiRegionConsistency',
    'ReadOnDemandThroughputSettings',
    'ReadProvisionedThroughputSettings',
    'Replicas.ContributorInsightsSpecification',
    'Replicas.GlobalSecondaryIndexes',
    'Replicas.GlobalTableSettingsReplicationMode',
    'Replicas.KinesisStreamSpecification',
    'Replicas.PointInTimeRecoverySpecification',
    'Replicas.ReadOnDemandThroughputSettings',
    'Replicas.ReadProvisionedThroughputSettings',
    'Replicas.ReplicaStreamSpecification',
    'Replicas.SSESpecification',
    'Replicas.TableClass',
    'Replicas.Tags',
    'SSESpecification',
    'StreamSpecification',
    'WarmThroughput',
    'WriteOnDemandThroughputSettings',
    'WriteProvisionedThroughputSettings',
  ],
  leftOut: ['Replicas.ResourcePolicy', 'TimeToLiveSpecification'],
  refused: { VectorIndexes: NO_VECTORS },
};
