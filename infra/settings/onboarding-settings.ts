import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { LogLevel } from 'aws-cdk-lib/aws-stepfunctions';

/** How every part of an onboarding runs, logs and encrypts. */
export interface OnboardingSettings {
  /**
   * The memory of each function, in MB, and with it its share of a core.
   *
   * @default 512
   */
  readonly memorySize?: number;
  /**
   * How long logs are kept: the functions', and those that show the executions.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
  /**
   * Whether the input and output of each state is logged, which the console shows and which may hold a
   * postal address.
   *
   * @default true
   */
  readonly logExecutionData?: boolean;
  /**
   * Which events of an execution of `onboarding` are logged. With less than all, the console shows less of an
   * Express execution; with `ERROR`, only those that failed.
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
   * A symmetric key of AWS KMS that encrypts queues, logs, state machines, and the table if it is created here.
   *
   * The key policy of a key of this app is extended for CloudWatch Logs. That of an imported key must allow it
   * already: see docs/security.md.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: IKey;
}

/** The settings with every default in its place. */
export type ResolvedSettings = Required<Omit<OnboardingSettings, 'encryptionKey'>> &
  Pick<OnboardingSettings, 'encryptionKey'>;

/**
 * Fills in the defaults.
 *
 * @throws Error for a memory size that Lambda does not have, or in which the trigger would be too slow.
 */
export function resolveSettings(settings: OnboardingSettings): ResolvedSettings {
  const {
    // A cold start is bound by its share of a core: bench/results.md has a chain of three at each memory size.
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
