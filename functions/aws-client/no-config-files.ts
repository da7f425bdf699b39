/**
 * Replaces how the SDK reads `~/.aws/config` in the bundles: Lambda has no such file, but the SDK would look for
 * it before the first request. The SDK takes the error for a file that is not there.
 */
export function readFile(): Promise<never> {
  return Promise.reject(new Error('no configuration files in this bundle'));
}

/** Part of the module that is replaced; the SDK keeps contents here that somebody gave it. */
export const fileIntercept: Record<string, Promise<string>> = {};
