import type { PropertyRules } from '../aws/property-rules';

export const QUEUE: PropertyRules = {
  played: [
    'ContentBasedDeduplication',
    'DelaySeconds',
    'FifoQueue',
    'MaximumMessageSize',
    'MessageRetentionPeriod',
    'QueueName',
    'ReceiveMessageWaitTimeSeconds',
    'RedrivePolicy',
    'VisibilityTimeout',
  ],
  withoutEffect: [
    // How much a queue takes in a second: there are no quotas here.
    'FifoThroughputLimit',
    'KmsDataKeyReusePeriodSeconds',
    'KmsMasterKeyId',
    'SqsManagedSseEnabled',
    'Tags',
  ],
  leftOut: ['RedriveAllowPolicy'],
  refused: {
    DeduplicationScope:
      'the local cloud finds duplicates in the whole queue: send messages with ids that are unique in it, and leave this out',
  },
  neutral: { DeduplicationScope: ['queue'], RedriveAllowPolicy: [{ redrivePermission: 'allowAll' }] },
};
