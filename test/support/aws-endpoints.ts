import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { selfSignedCertificate } from './self-signed-certificate';

/** A request that reached an endpoint. */
export interface AwsRequest {
  readonly host: string;
  readonly action: string;
  readonly authorization: string;
  readonly body: string;
}

/** The answer of an endpoint. */
export interface AwsAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Whether to cut the connection instead of answering. */
  readonly reset?: boolean;
}

/** One TLS server that stands in for every AWS endpoint. Its clients need {@link AwsEndpoints.variables}. */
export class AwsEndpoints {
  readonly requests: AwsRequest[] = [];
  /** How many connections were opened. */
  connections = 0;
  private readonly sockets = new Set<Socket>();
  /** Makes the answer to a request; by default, success without content. */
  answer: (request: AwsRequest) => AwsAnswer = () => ({});

  private constructor(
    private readonly server: Server,
    private readonly directory: string,
    /** The certificate that its clients must trust. */
    readonly ca: string,
  ) {}

  static async start(): Promise<AwsEndpoints> {
    const regional = ['us-east-1', 'eu-central-1'].flatMap((region) => [
      `*.${region}.amazonaws.com`,
      `*.${region}.api.aws`,
    ]);
    const { cert, key } = selfSignedCertificate(regional);
    const directory = mkdtempSync(join(tmpdir(), 'aws-endpoints-'));
    writeFileSync(join(directory, 'cert.pem'), cert);
    const server = createServer({ cert, key, keepAliveTimeout: 60_000 });
    const endpoints = new AwsEndpoints(server, directory, cert);
    server.on('connection', (socket: Socket) => {
      endpoints.connections += 1;
      endpoints.sockets.add(socket);
      socket.on('close', () => endpoints.sockets.delete(socket));
    });
    server.on('request', (request, response) => endpoints.serve(request, response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return endpoints;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Closes every connection, and waits until the other side has noticed. */
  async disconnect(): Promise<void> {
    for (const socket of this.sockets) await once(socket.destroy(), 'close');
    // The end of a connection arrives before the start of a later one.
    const probe = connect(this.port, '127.0.0.1');
    await once(probe, 'connect');
    probe.destroy();
  }

  /** The environment variables that direct a process of `function-runtime.mjs` to this server. */
  get variables(): Record<string, string> {
    return {
      TLS_PORT: String(this.port),
      NODE_EXTRA_CA_CERTS: join(this.directory, 'cert.pem'),
    };
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
    rmSync(this.directory, { recursive: true });
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host = '', 'x-amz-target': target = '', authorization = '' } = message.headers;
    const request = {
      host,
      action: String(target).split('.').pop() ?? '',
      authorization,
      body: await text(message),
    };
    this.requests.push(request);
    const { status = 200, headers = {}, body = '{}', reset } = this.answer(request);
    if (reset) message.socket.destroy();
    else response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers }).end(body);
  }
}
