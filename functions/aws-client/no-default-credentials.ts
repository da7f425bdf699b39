/**
 * Replaces the SDK's chain of credential providers in the bundles, because no client of ours uses it.
 *
 * @throws Error for a client without `credentials` of its own.
 */
export function defaultProvider(): never {
  throw new Error('no default credentials in this bundle: configure the client with awsClientConfig()');
}
