/** Replaces `awsClientConfig` with the SDK's own defaults in the bundles for comparison. */
export function awsClientConfig() {
  return {};
}
