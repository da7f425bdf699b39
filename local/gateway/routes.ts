import type { Hono } from 'hono';
import type { AwsCall, AwsResponse, AwsService } from '../aws/api';
import type { CallerIdentity } from './query-protocol';

/** A request to Lambda's Invoke API. */
interface InvokeRequest {
  /** Name or ARN. */
  readonly name: string;
  readonly accessKeyId?: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The parts of the local cloud that handle the requests. */
export interface GatewayRoutes {
  /** Services of the AWS JSON protocol, by the prefix of their `X-Amz-Target`. */
  readonly services: Record<string, AwsService>;
  /** Services of the REST protocol, by IAM's prefix of their actions. */
  readonly restServices: Record<string, AwsService>;
  /** Calls one of the services on behalf of the owner of the access key. */
  readonly call: (service: AwsService, call: AwsCall, accessKeyId?: string) => Promise<AwsResponse>;
  /** Who the owner of an access key is. It may throw an {@link AwsError}. */
  readonly callerIdentity: (accessKeyId?: string) => CallerIdentity;
  /** Lambda's Invoke API. */
  readonly invoke: (invocation: InvokeRequest) => Promise<AwsResponse>;
  /** Everything below this path is the local cloud's own API. */
  readonly local: Hono;
  /** The web pages for people. */
  readonly console: Hono;
  /** Called after each request that may have changed something. */
  readonly onChange: () => void;
  /** The keys that verify the tokens of a user pool. */
  readonly jwks: unknown;
}
