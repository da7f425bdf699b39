import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { AwsError, type AwsResponse, errorResponse, lambdaErrorResponse } from '../aws/api';
import { answerNothing, callService, signer } from './call-service';
import { assertWelcome, type Guests } from './front-door';
import { requestLimit, toResponse } from './request-limits';
import { callRest, REST_OPERATIONS } from './rest-operations';
import type { GatewayRoutes } from './routes';

/** In ms. With Node's default of 5 s, the server sometimes closes a connection just as a client uses it. */
const KEEP_ALIVE_TIMEOUT = 10 * 60_000;

const NO_GUESTS: Guests = { origins: [], hosts: [] };

/** The headers of an answer that a web page of another origin may read. SDKs in browsers do. */
const EXPOSED_HEADERS = ['x-amzn-requestid', 'x-amzn-errortype', 'x-amz-function-error'];

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

  /**
   * Checks a port before work begins that would be for nothing without it.
   *
   * @throws Error if the port is taken.
   */
  static async assertFree(port: number): Promise<void> {
    const gateway = await Gateway.listen(port);
    await gateway.close();
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
  // A slash at the end of a path makes no difference.
  const app = new Hono({ strict: false });
  if (origins.length > 0) app.use(cors({ origin: [...origins], exposeHeaders: EXPOSED_HEADERS }));
  app.use(requestLimit);
  app.use((c, next) => next().finally(() => c.req.method !== 'GET' && onChange()));
  app.route('/_local', local);
  app.route('/console', routes.console);
  // A person who opens the endpoint in a browser wants the console. A program signs its requests.
  app.get('/', (c) => (signer(c).service ? answerNothing(c, routes) : c.redirect('/console')));
  app.get('/:userPoolId/.well-known/jwks.json', (c) => c.json(jwks));
  app.post('/2015-03-31/functions/:name/invocations', (c) => {
    return answer(async () => {
      const name = qualifiedName(c.req.param('name'), c.req.query('Qualifier'));
      const [headers, accessKeyId] = [c.req.header(), signer(c).accessKeyId];
      return invoke({ name, headers, body: await c.req.text(), ...(accessKeyId && { accessKeyId }) });
    }, lambdaErrorResponse);
  });
  for (const operation of REST_OPERATIONS)
    app.get(operation.path, (c) => answer(() => callRest(c, operation, routes), lambdaErrorResponse));
  app.post('*', (c) => answer(() => callService(c, routes)));
  app.notFound((c) => answerNothing(c, routes));
  return app;
}

/**
 * The function that a call of Invoke names, with the version or alias.
 *
 * @throws AwsError InvalidParameterValueException if the name and the parameter differ.
 */
function qualifiedName(name: string, qualifier: string | undefined): string {
  const [, given] = /:(\$LATEST|[\w-]+)$/.exec(name.replace(/^.*function:/, '')) ?? [];
  if (qualifier === undefined || qualifier === given) return name;
  if (given === undefined) return `${name}:${qualifier}`;
  const message = 'The derived qualifier from the function name does not match the specified qualifier.';
  throw new AwsError('InvalidParameterValueException', message);
}

async function answer(call: () => Promise<AwsResponse>, toErrorResponse = errorResponse): Promise<Response> {
  return toResponse(await call().catch(toErrorResponse));
}

function explainListenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(
    `port ${port} is in use: stop what runs there, or choose another with --port N (0 for any free port)`,
  );
}
