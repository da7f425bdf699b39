import type { PropertyRules } from '../aws/property-rules';

/** The newest lines are kept for as long as the local cloud runs. */
export const LOG_GROUP: PropertyRules = {
  played: ['LogGroupName'],
  withoutEffect: [
    'BearerTokenAuthenticationEnabled',
    'DeletionProtectionEnabled',
    'FieldIndexPolicies',
    'KmsKeyId',
    'LogGroupClass',
    'ResourcePolicyDocument',
    'RetentionInDays',
    'Tags',
  ],
  leftOut: ['DataProtectionPolicy'],
};
