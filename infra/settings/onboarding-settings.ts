import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { LogLevel } from 'aws-cdk-lib/aws-stepfunctions';

/** How every part of an onboarding runs, logs and encrypts. */
export interface OnboardingSettings {
  /**
   * The memory of each function, in MB. It also sets the function's share of a core.
   *
   * @default 512
   */
  readonly memorySize?: number;
  /**
   * How long the logs of the functions and of the executions are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
  /**
   * Whether the input and output of each state are logged. The console shows them, and they may contain a
   * postal address.
   *
   * @default true
   */
  readonly logExecutionData?: boolean;
  /**
   * Which events of an execution of `onboarding` are logged. With fewer events, the console shows less of
   * an Express execution; with `ERROR`, it shows only executions that failed.
   *
   * @default LogLevel.ALL
   */
  readonly executionLogLevel?: LogLevel;
  /**
   * Whether X-Ray traces functions and executions.
   *
   * @default true
   */
  readonly tracing?: boolean;
  /**
   * A symmetric key of AWS KMS that encrypts queues, logs, state machines, and the table if it is created
   * here.
   *
   * The policy of a key of this app is extended for CloudWatch Logs. The policy of an imported key must allow
   * it already: see docs/security.md.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey;
}

/** The settings with all defaults filled in. */
export type ResolvedSettings = Required<Omit<OnboardingSettings, 'encryptionKey'>> &
  Pick<OnboardingSettings, 'encryptionKey'>;

/**
 * Fills in the defaults.
 *
 * @throws Error for a memory size that Lambda does not offer, or with which the trigger would be too slow.
 */
export function resolveSettings(settings: OnboardingSettings): ResolvedSettings {
  const {
    // The share of a core limits a cold start: bench/results.md shows three in a row at each memory size.
    memorySize = 512,
    logRetention = RetentionDays.ONE_MONTH,
    logExecutionData = true,
    executionLogLevel = LogLevel.ALL,
    tracing = true,
    encryptionKey,
  } = settings;
  if (!Number.isInteger(memorySize) || memorySize < 256 || memorySize > 10_240) {
    throw new Error(
      `memorySize must be a whole number of MB from 256 (with less, three cold starts may not fit into the 5 s ` +
        `that Cognito waits) to 10240, got: ${memorySize}`,
    );
  }
  return { memorySize, logRetention, logExecutionData, executionLogLevel, tracing, encryptionKey };
}
