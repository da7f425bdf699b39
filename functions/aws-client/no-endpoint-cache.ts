/**
 * Stands in for the DynamoDB client's cache of discovered endpoints in the bundles: discovery is turned off,
 * and nobody asks the cache for anything.
 */
export class EndpointCache {}
