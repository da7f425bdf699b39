/** Replaces `awsClientConfig` with the SDK's own defaults in the bundles for comparison. */
export const awsClientConfig = () => ({});

/** Replaces `taskClientConfig` likewise. */
export const taskClientConfig = () => ({});

/** Replaces `primeWith`: a function as most people write it primes nothing. */
export const primeWith = async () => {};
