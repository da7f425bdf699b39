import { StandardRetryStrategy } from '@smithy/core/retry';

/**
 * Retries as the SDK does, but throws a throttle at once.
 *
 * The SDK would wait for up to a second inside a billed function and then use the same quota. The state
 * machine waits free of charge.
 */
export class RetryAllButThrottles extends StandardRetryStrategy {
  override async refreshRetryTokenForRetry(
    ...[token, errorInfo]: Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>
  ) {
    // The SDK then throws the service's own error.
    if (errorInfo.errorType === 'THROTTLING') throw new Error('throttles are left to the state machine');
    return super.refreshRetryTokenForRetry(token, errorInfo);
  }
}
