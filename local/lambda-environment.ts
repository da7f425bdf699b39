import './promise-with-resolvers';
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

const RUNTIME = join(__dirname, 'lambda-runtime.cjs');

/**
 * How long a function may take to load, in ms.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const INIT_TIMEOUT = 10_000;

/** What a function's process is started with. */
export interface EnvironmentConfig {
  readonly functionArn: string;
  /** Environment variables, complete: nothing is inherited. */
  readonly variables: Record<string, string>;
  /** In ms. */
  readonly timeout: number;
  /** Receives each line that the function writes. */
  readonly log: (line: string) => void;
}

/** The outcome of an invocation: the handler's answer, or the error in the form of Lambda. */
export interface Outcome {
  /** JSON */
  readonly payload: string;
  readonly failed: boolean;
}

interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  readonly deadline: number;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * A Lambda execution environment: one process that serves one invocation at a time.
 *
 * It speaks the Runtime API with its process.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class LambdaEnvironment {
  private readonly ready = Promise.withResolvers<void>();
  private waiting: ServerResponse | undefined;
  private invocation: Invocation | undefined;
  private initError: Outcome | undefined;
  private exited = false;

  private constructor(
    private readonly config: EnvironmentConfig,
    private readonly server: Server,
    private readonly process: ChildProcess,
  ) {}

  /** Starts the process; the first invocation waits until it has loaded the function. */
  static async start(config: EnvironmentConfig): Promise<LambdaEnvironment> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const child = spawn(process.execPath, [RUNTIME], {
      env: { ...config.variables, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const environment = new LambdaEnvironment(config, server, child);
    server.on('request', (request, response) => void environment.serve(request, response));
    child.on('exit', (code) => environment.onExit(code));
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', config.log);
    return environment;
  }

  /** Whether it can serve another invocation. */
  get alive(): boolean {
    return !this.exited;
  }

  /** Runs the handler once; a time-out, a crash and a handler's error are outcomes, too. */
  async invoke(requestId: string, payload: string): Promise<Outcome> {
    await Promise.race([this.ready.promise, delay(INIT_TIMEOUT, undefined, { ref: false })]);
    if (this.initError) return this.initError;
    if (!this.waiting) {
      this.stop();
      return failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Init timed out`);
    }
    const { timeout } = this.config;
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(() => {
      const seconds = (timeout / 1000).toFixed(2);
      this.invocation = undefined;
      resolve(
        failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`),
      );
      this.stop();
    }, timeout);
    this.hand({ requestId, payload, deadline: Date.now() + timeout, settle: resolve }, this.waiting);
    return promise.finally(() => clearTimeout(timer));
  }

  /** Ends the process, even in the middle of an invocation. */
  stop(): void {
    this.exited = true;
    this.process.kill('SIGKILL');
    this.server.close();
    this.server.closeAllConnections();
  }

  private hand(invocation: Invocation, response: ServerResponse): void {
    this.waiting = undefined;
    this.invocation = invocation;
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.requestId,
      'lambda-runtime-deadline-ms': invocation.deadline,
      'lambda-runtime-invoked-function-arn': this.config.functionArn,
    });
    response.end(invocation.payload);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path.endsWith('/invocation/next')) {
      this.waiting = response;
      this.ready.resolve();
      return;
    }
    const payload = await text(request);
    response.writeHead(202).end();
    if (path.endsWith('/init/error')) {
      this.initError = { payload, failed: true };
      this.ready.resolve();
    } else {
      this.settle({ payload, failed: path.endsWith('/error') });
    }
  }

  private onExit(code: number | null): void {
    this.stop();
    this.ready.resolve();
    const requestId = this.invocation?.requestId ?? '';
    const how = code === null ? 'signal: killed' : `exit status ${code}`;
    this.initError ??= failure('Runtime.ExitError', `Runtime exited with error: ${how}`);
    this.settle(
      failure('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: ${how}`),
    );
  }

  private settle(outcome: Outcome): void {
    this.invocation?.settle(outcome);
    this.invocation = undefined;
  }
}

function failure(errorType: string, errorMessage: string): Outcome {
  return { payload: JSON.stringify({ errorType, errorMessage }), failed: true };
}
