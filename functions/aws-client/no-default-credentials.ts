/**
 * Stands in the bundles for the SDK's chain of credential providers, which no client of ours asks.
 *
 * @throws Error for a client without `credentials` of its own.
 */
export function defaultProvider(): never {
  throw new Error('no default credentials in this bundle: configure the client with awsClientConfig()');
}
