/** How much of Cognito's quota the onboarding uses besides the users who sign up. */
export interface OnboardingPace {
  /**
   * How many parked users are retried a second, at most.
   *
   * Each takes a group add from Cognito's quota _UserUpdate_: 25 requests a second for all user pools of the
   * account in the region, which cannot be raised. The group adds of users who sign up, and other changes of
   * users, take from it, too.
   *
   * @default 10
   */
  readonly retriesPerSecond?: number;
  /**
   * How many users a reconciliation queues a second, at most. It must be less than `retriesPerSecond`, so that
   * a user who is parked meanwhile does not wait behind them.
   *
   * @default 5
   */
  readonly reconciliationsPerSecond?: number;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html#category_operations */
const USER_UPDATES_PER_SECOND = 25;

/** The most users on a page of ListUsers. */
const PAGE_SIZE = 60;

/** The part of the function's 60 s in which it may queue a page of users, in s. */
const TIME_TO_QUEUE = 40;

/**
 * Fills in the defaults.
 *
 * @throws Error for more retries than Cognito allows, or for reconciliations that are too fast for the retries
 * or too slow for the function's time.
 */
export function resolvePace({ retriesPerSecond = 10, reconciliationsPerSecond = 5 }: OnboardingPace) {
  if (!(retriesPerSecond >= 2 && retriesPerSecond <= USER_UPDATES_PER_SECOND)) {
    throw new Error(
      `retriesPerSecond must be from 2 to ${USER_UPDATES_PER_SECOND} (Cognito's quota UserUpdate for the whole ` +
        `account), got: ${retriesPerSecond}`,
    );
  }
  const slowest = PAGE_SIZE / TIME_TO_QUEUE;
  if (!(reconciliationsPerSecond >= slowest)) {
    throw new Error(
      `reconciliationsPerSecond must be at least ${slowest}: a page of ${PAGE_SIZE} users must be queued within ` +
        `${TIME_TO_QUEUE} s of the function's time, got: ${reconciliationsPerSecond}`,
    );
  }
  if (reconciliationsPerSecond >= retriesPerSecond) {
    throw new Error(
      `reconciliationsPerSecond must be less than retriesPerSecond (${retriesPerSecond}), or parked users wait ` +
        `behind those of a reconciliation, got: ${reconciliationsPerSecond}`,
    );
  }
  return { retriesPerSecond, reconciliationsPerSecond };
}
