/** A queue as the template describes it. */
export interface QueueProperties {
  readonly ContentBasedDeduplication?: boolean;
  readonly DeduplicationScope?: string;
  readonly DelaySeconds?: number;
  readonly FifoQueue?: boolean;
  readonly MaximumMessageSize?: number;
  readonly MessageRetentionPeriod?: number;
  readonly ReceiveMessageWaitTimeSeconds?: number;
  readonly VisibilityTimeout?: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

/** The default of SQS, in s. */
const DEFAULT_VISIBILITY_TIMEOUT = 30;

const ATTRIBUTES = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'RedrivePolicy',
] as const;

/**
 * The attributes with which SQS creates the queue.
 *
 * @param scaled the real length of a visibility time-out; both are in s.
 */
export function attributesOf(
  properties: QueueProperties,
  scaled: (seconds: number) => number,
): Record<string, string> {
  const { VisibilityTimeout = DEFAULT_VISIBILITY_TIMEOUT } = properties;
  const real = { ...properties, VisibilityTimeout: Math.ceil(scaled(VisibilityTimeout)) };
  const attributes = ATTRIBUTES.flatMap((key) => {
    const value = real[key];
    return value === undefined
      ? []
      : [[key, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
  });
  return Object.fromEntries(attributes);
}
