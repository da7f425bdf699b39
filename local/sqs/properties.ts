import type { PropertyRules } from '../aws/property-rules';

export const QUEUE: PropertyRules = {
  played: [
    'ContentBasedDeduplication',
    'DeduplicationScope',
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
  neutral: { RedriveAllowPolicy: [{ redrivePermission: 'allowAll' }] },
};
