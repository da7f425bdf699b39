import { HttpResponse } from '@smithy/core/protocols';

/** A request of the SDK, as the models read it. */
export interface NetworkRequest {
  readonly hostname: string;
  readonly path: string;
  /** Such as `DynamoDB_20120810.PutItem`. */
  readonly target: string;
  readonly body: string;
}

export interface NetworkResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The network of the process that this module was loaded into. It rejects for a broken connection. */
declare const simulatedNetwork: (request: NetworkRequest) => Promise<NetworkResponse>;

interface HandlerOptions {
  readonly requestTimeout?: number;
}

interface SdkRequest {
  readonly hostname: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/**
 * Takes the place of the SDK's connection to AWS in the simulation's bundles. Everything above it is the real
 * SDK: serializing, retrying, and reading the answers.
 */
export class NodeHttpHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };

  constructor(private readonly options: HandlerOptions = {}) {}

  static create(options?: HandlerOptions): NodeHttpHandler {
    return new NodeHttpHandler(options);
  }

  handle(
    { hostname, path, headers, body = '' }: SdkRequest,
    { abortSignal, requestTimeout = this.options.requestTimeout }: CallOptions = {},
  ): Promise<{ response: HttpResponse }> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(named('AbortError', 'Request aborted'));
      if (abortSignal?.aborted) return abort();
      abortSignal?.addEventListener('abort', abort, { once: true });
      const timeout = requestTimeout
        ? setTimeout(() => reject(named('TimeoutError', 'the request took too long')), requestTimeout)
        : undefined;
      const target = headers['x-amz-target'] ?? '';
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
      simulatedNetwork({ hostname, path, target, body: text })
        .then(
          (answer) => resolve({ response: responseOf(answer) }),
          (error) => reject(Object.assign(new Error('socket hang up'), { code: error.code })),
        )
        .finally(() => {
          clearTimeout(timeout);
          abortSignal?.removeEventListener('abort', abort);
        });
    });
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): HandlerOptions {
    return this.options;
  }

  destroy(): void {}
}

interface CallOptions {
  readonly abortSignal?: AbortSignal;
  readonly requestTimeout?: number;
}

function responseOf({ status, headers, body }: NetworkResponse): HttpResponse {
  return new HttpResponse({ statusCode: status, headers, body: new Body(new TextEncoder().encode(body)) });
}

/** Bytes that can also be read as a stream. */
class Body extends Uint8Array {
  async *[Symbol.asyncIterator]() {
    yield new Uint8Array(this);
  }
}

export const streamCollector = async (body: Uint8Array): Promise<Uint8Array> => body;

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
