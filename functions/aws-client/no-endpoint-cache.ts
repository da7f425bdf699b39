/**
 * Replaces the DynamoDB client's cache of discovered endpoints in the bundles: discovery is turned off, and
 * nobody uses the cache.
 */
export class EndpointCache {}
