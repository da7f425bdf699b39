/** Stands for `awsClientConfig` in the bundles that functions are compared with: the SDK's own defaults. */
export function awsClientConfig() {
  return {};
}
