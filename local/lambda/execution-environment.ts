import '../aws/promise-with-resolvers';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Duplex, Readable } from 'node:stream';
import type { Outcome } from '../aws/invocation';
import type { ModuleSources } from './code/layers';
import type { Invocation as InvocationRecord } from './invocations';
import { type RuntimeReport, serveRuntimeApi } from './runtime-api';

const RUNTIME = join(__dirname, 'runtime', 'main.cjs');

/**
 * The longest time that a function may take to load, in ms.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const INIT_TIMEOUT = 10_000;

/** The longest time that a timer can take, in ms: 24 days. It stands for no time-out. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The configuration of a function's process. */
export interface EnvironmentConfig {
  /** The directory of the function's code. */
  readonly directory: string;
  readonly modules: ModuleSources;
  /** All environment variables of the process: it inherits none. */
  readonly variables: Record<string, string>;
  /** In ms. */
  readonly timeout: number;
  /** The port of a debugger. With one, there is no time-out: a person may stop at a line for as long as they like. */
  readonly inspectPort?: number;
  /** Receives each line that the function writes. */
  readonly log: (line: string) => void;
  /** Takes note of an invocation that begins. */
  readonly begin: (requestId: string, payload: string) => InvocationRecord;
}

interface Invocation {
  readonly requestId: string;
  readonly end: (outcome: Outcome) => void;
}

/** A Lambda execution environment: one process that serves one invocation at a time, over the Runtime API. */
export class LambdaEnvironment {
  /** Settles with the response to the process's request for its next invocation. */
  private next = Promise.withResolvers<ServerResponse>();
  private invocation: Invocation | undefined;
  private exited = false;
  private hasLoaded = false;
  /** Settles when the process has ended. */
  readonly ended: Promise<void>;

  private constructor(
    private readonly config: EnvironmentConfig,
    private readonly process: ChildProcess,
  ) {
    this.ended = new Promise((resolve) => process.once('exit', () => resolve()));
  }

  /**
   * Starts the process. The first invocation waits until the process has loaded the function.
   *
   * @throws Error if this machine cannot give it a process.
   */
  static async start(config: EnvironmentConfig): Promise<LambdaEnvironment> {
    const child = spawn(process.execPath, [...flagsOf(config), RUNTIME, JSON.stringify(config.modules)], {
      cwd: config.directory,
      env: config.variables,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const environment = new LambdaEnvironment(config, child);
    const [, stdout, stderr, pipe] = child.stdio;
    serveRuntimeApi(pipe as Duplex, {
      onNext: (response) => {
        environment.hasLoaded = true;
        environment.next.resolve(response);
      },
      onReport: (report) => environment.take(report),
    });
    child.on('exit', (code) => environment.onExit(code));
    for (const input of [stdout, stderr] as Readable[]) createInterface({ input }).on('line', config.log);
    try {
      await once(child, 'spawn');
    } catch (error) {
      environment.stop();
      throw error;
    }
    return environment;
  }

  /** Whether it can serve another invocation. */
  get alive(): boolean {
    return !this.exited;
  }

  /** Whether the process has loaded the function. */
  get isLoaded(): boolean {
    return this.hasLoaded;
  }

  /** Settles when the process has loaded the function or has failed to. */
  async loaded(): Promise<void> {
    await Promise.race([this.next.promise, this.ended]);
  }

  /** Runs the handler once. A time-out, a crash and an error of the handler are outcomes, too. */
  invoke(requestId: string, payload: string, invokedArn: string): Promise<Outcome> {
    const { inspectPort } = this.config;
    const timeout = inspectPort === undefined ? this.config.timeout : LONGEST_TIMEOUT;
    return new Promise((resolve) => {
      const end = (outcome: Outcome) => {
        clearTimeout(timer);
        this.invocation = undefined;
        resolve(outcome);
      };
      const expire = (what: string, ms: number) => {
        end(
          failure(
            'Sandbox.Timedout',
            `RequestId: ${requestId} Error: ${what} timed out after ${inSeconds(ms)}`,
          ),
        );
        this.stop();
      };
      this.invocation = { requestId, end };
      const initTimeout = Math.max(INIT_TIMEOUT, inspectPort === undefined ? 0 : LONGEST_TIMEOUT);
      let timer = setTimeout(expire, initTimeout, 'Init', initTimeout);
      void this.next.promise.then((response) => {
        this.next = Promise.withResolvers();
        clearTimeout(timer);
        timer = setTimeout(expire, timeout, 'Task', timeout);
        response.writeHead(200, {
          'content-type': 'application/json',
          // Without it, the payload would be sent in chunks, in four writes.
          'content-length': Buffer.byteLength(payload),
          'lambda-runtime-aws-request-id': requestId,
          'lambda-runtime-deadline-ms': Date.now() + timeout,
          'lambda-runtime-invoked-function-arn': invokedArn,
        });
        response.end(payload);
      });
    });
  }

  /** Ends the process, even in the middle of an invocation. */
  stop(): void {
    this.exited = true;
    this.process.kill('SIGKILL');
  }

  /** Only the running invocation can be answered. A late answer to an earlier one is nobody's. */
  private take({ requestId, outcome }: RuntimeReport): boolean {
    const { invocation } = this;
    if (!invocation || (requestId ?? invocation.requestId) !== invocation.requestId) return false;
    invocation.end(outcome);
    if (requestId === undefined) this.stop();
    return true;
  }

  private onExit(code: number | null): void {
    this.stop();
    const requestId = this.invocation?.requestId;
    const message = `RequestId: ${requestId} Error: Runtime exited ${howItExited(code)}`;
    this.invocation?.end(failure('Runtime.ExitError', message));
  }
}

/** Stack traces show the sources, where the code has a map. */
function flagsOf({ inspectPort }: EnvironmentConfig): string[] {
  const flags = ['--enable-source-maps'];
  return inspectPort === undefined ? flags : [...flags, `--inspect=127.0.0.1:${inspectPort}`];
}

function howItExited(code: number | null): string {
  if (code === 0) return 'without providing a reason';
  return `with error: ${code === null ? 'signal: killed' : `exit status ${code}`}`;
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} seconds`;
}

function failure(errorType: string, errorMessage: string): Outcome {
  return { payload: JSON.stringify({ errorType, errorMessage }), failed: true };
}
