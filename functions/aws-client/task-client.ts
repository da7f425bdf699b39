import { awsClientConfig } from './config';
import { RetryAllButThrottles } from './retry-all-but-throttles';

/**
 * The configuration of a task function's client: two attempts of 0.8 s within its task's 2 s, and only one
 * for a throttle.
 */
export function taskClientConfig() {
  return { ...awsClientConfig(800), retryStrategy: new RetryAllButThrottles(2) };
}
