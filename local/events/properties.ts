import type { PropertyRules } from '../aws/property-rules';

/** A bus keeps its events. No rule takes them on, so nothing is ever lost on the way to a target. */
export const EVENT_BUS: PropertyRules = {
  played: ['Name'],
  withoutEffect: [
    'DeadLetterConfig',
    'Description',
    'EventSourceName',
    'KmsKeyIdentifier',
    'LogConfig',
    'Policy',
    'Tags',
  ],
};
