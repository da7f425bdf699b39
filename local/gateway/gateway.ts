import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import {
  type AwsCall,
  AwsError,
  type AwsResponse,
  type AwsService,
  errorResponse,
  lambdaErrorResponse,
  parseInput,
} from '../aws/api';
import { assertWelcome, type Guests } from './front-door';
import { requestLimit, toResponse } from './request-limits';

const JSON_TYPES = ['application/x-amz-json-1.0', 'application/x-amz-json-1.1', 'application/json'];

/** In ms. With Node's default of 5 s, the server sometimes closes a connection just as a client uses it. */
const KEEP_ALIVE_TIMEOUT = 10 * 60_000;

const NO_GUESTS: Guests = { origins: [], hosts: [] };

/** The headers of an answer that a web page of another origin may read. SDKs in browsers do. */
const EXPOSED_HEADERS = ['x-amzn-requestid', 'x-amzn-errortype', 'x-amz-function-error'];

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
  /** Calls one of the services on behalf of the owner of the access key. */
  readonly call: (service: AwsService, call: AwsCall, accessKeyId?: string) => Promise<AwsResponse>;
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

/** The one endpoint of the local cloud, for SDKs, the AWS CLI and people. */
export class Gateway {
  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly setRoutes: (routes: GatewayRoutes) => void,
  ) {}

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get endpoint(): string {
    return `http://${this.host}`;
  }

  /**
   * Listens on this machine only.
   *
   * @param port 0 for any free port.
   * @param guests who else may call; nobody by default.
   * @throws Error if the port is taken.
   */
  static async listen(port: number, guests: Guests = NO_GUESTS): Promise<Gateway> {
    let app = new Hono();
    const listener = getRequestListener(
      (request, { incoming }) => enter(incoming as IncomingMessage, guests, () => app.fetch(request)),
      { errorHandler: (error) => toResponse(errorResponse(asRefusal(error))) },
    );
    const server = createServer(listener);
    server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(explainListenError(error, port)));
      server.listen(port, '127.0.0.1', resolve);
    });
    return new Gateway(server, (server.address() as AddressInfo).port, (routes) => {
      app = createApp(routes, guests);
    });
  }

  /** Begins to answer. Until then, every path is unknown. */
  serve(routes: GatewayRoutes): void {
    this.setRoutes(routes);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

function enter(incoming: IncomingMessage, guests: Guests, answerRequest: () => Response | Promise<Response>) {
  try {
    assertWelcome(incoming, incoming.socket.localPort ?? 0, guests);
    return answerRequest();
  } catch (error) {
    return toResponse(errorResponse(error));
  }
}

/** The server's adaptor refuses a request without a valid URL, before other code sees the request. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  return new AwsError('InvalidRequestException', `the request cannot be read: ${error.message}`);
}

function createApp(routes: GatewayRoutes, { origins }: Guests): Hono {
  const { invoke, local, jwks, onChange } = routes;
  const app = new Hono();
  if (origins.length > 0) app.use(cors({ origin: [...origins], exposeHeaders: EXPOSED_HEADERS }));
  app.use(requestLimit);
  app.use((c, next) => next().finally(() => c.req.method !== 'GET' && onChange()));
  app.route('/_local', local);
  app.route('/console', routes.console);
  // A person who opens the endpoint in a browser wants the console. SDKs send only POST.
  app.get('/', (c) => c.redirect('/console'));
  app.get('/:userPoolId/.well-known/jwks.json', (c) => c.json(jwks));
  app.post('/2015-03-31/functions/:name/invocations', (c) => {
    return answer(async () => {
      const [name, headers, accessKeyId] = [c.req.param('name'), c.req.header(), accessKeyOf(c)];
      return invoke({ name, headers, body: await c.req.text(), ...(accessKeyId && { accessKeyId }) });
    }, lambdaErrorResponse);
  });
  app.post('*', (c) => answer(() => callService(c, routes)));
  app.notFound((c) => c.json({ message: `there is nothing at ${c.req.method} ${c.req.path}` }, 404));
  return app;
}

async function callService(c: Context, { services, call }: GatewayRoutes): Promise<AwsResponse> {
  if (c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded'))
    return queryProtocolRefused;
  assertContentType(c.req.header('content-type'));
  const target = c.req.header('x-amz-target') ?? '';
  const [, prefix = '', action = ''] = /^(\w+)\.(\w+)$/.exec(target) ?? [];
  const service = Object.hasOwn(services, prefix) ? services[prefix] : undefined;
  if (!service) {
    const known = Object.keys(services).join(', ');
    throw new AwsError(
      'UnknownOperationException',
      `the local cloud does not know the X-Amz-Target "${target}": it serves ${known} and Lambda's Invoke`,
    );
  }
  if (!service.actions.includes(action)) {
    throw new AwsError(
      'UnknownOperationException',
      `the local cloud does not support ${service.prefix}:${action}`,
    );
  }
  return call(service, { action, input: parseInput(await c.req.text()) }, accessKeyOf(c));
}

/** The signature itself is not checked: there are no secrets here, only names. */
function accessKeyOf(c: Context): string | undefined {
  return /Credential=([^/,\s]+)\//.exec(c.req.header('authorization') ?? '')?.[1];
}

function assertContentType(contentType = 'application/json'): void {
  const [type = ''] = contentType.split(';');
  if (JSON_TYPES.includes(type.trim().toLowerCase())) return;
  throw new AwsError(
    'UnknownOperationException',
    `the local cloud speaks AWS's JSON protocol: send ${JSON_TYPES.join(' or ')}, not "${type.slice(0, 100)}"`,
  );
}

/** Older AWS CLIs speak the query protocol, with XML, to SQS. */
const queryProtocolRefused: AwsResponse = {
  status: 400,
  headers: { 'content-type': 'text/xml' },
  body:
    '<ErrorResponse><Error><Type>Sender</Type><Code>UnsupportedProtocol</Code><Message>the local cloud speaks ' +
    'the JSON protocol of SQS: use AWS CLI 2.13 or later</Message></Error></ErrorResponse>',
};

async function answer(call: () => Promise<AwsResponse>, toErrorResponse = errorResponse): Promise<Response> {
  return toResponse(await call().catch(toErrorResponse));
}

function explainListenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(
    `port ${port} is in use: stop what runs there, or choose another with --port N (0 for any free port)`,
  );
}
