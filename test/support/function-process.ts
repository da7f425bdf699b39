import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The outcome of an invocation. */
export interface Outcome {
  /** In ms. */
  readonly time: number;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
  /** The log: each entry has the method of `console` and the arguments, in JSON. */
  readonly logs: string[];
}

/** An invocation: the event, and the deviations from the defaults. */
export interface Invocation {
  readonly event: unknown;
  /** In ms. */
  readonly remainingTime?: number;
  /** Environment variables that have changed since the previous invocation. */
  readonly variables?: Record<string, string>;
}

/** The environment variables of the functions of the sign-up path. */
export const FUNCTION_VARIABLES = {
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAFIRST',
  AWS_SECRET_ACCESS_KEY: 'secret',
  // It is as long as the session token of a role.
  AWS_SESSION_TOKEN: 'token'.repeat(150),
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:Onboarding',
  RETRY_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/retry',
  GROUP_NAME: 'users',
  GROUP_RULE: '{"by":"name","group":"users"}',
  TABLE_NAME: 'table',
  RECORD_KEY: '{"PK":"USER#<sub>","SK":"USER#<sub>"}',
  RECORD_ATTRIBUTES:
    '{"username":"<username>","addresses":"<addresses>","shopping_cart":{},"date_created":"<now>"}',
  INDEX_KEYS: '{}',
  USER_ATTRIBUTES: '["address"]',
  REQUIRE_VERIFIED_EMAIL: 'true',
};

/** A separate process for one bundle. */
export class FunctionProcess {
  private readonly end: Promise<never>;

  /** How long the process took until it could load a bundle, in ms. */
  startTime = 0;

  private constructor(private readonly child: ChildProcess) {
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    this.end = once(child, 'exit').then(() => {
      throw new Error(`the function's process has ended: ${stderr}`);
    });
    // Only callers that wait for an answer need this error.
    this.end.catch(() => {});
  }

  /**
   * @param variables environment variables besides the defaults.
   * @param execPath the Node that runs it.
   */
  static async start(
    variables: Record<string, string>,
    execPath = process.execPath,
  ): Promise<FunctionProcess> {
    const begin = performance.now();
    const child = fork(join(__dirname, 'function-runtime.mjs'), {
      env: { ...FUNCTION_VARIABLES, ...variables },
      execPath,
      execArgv: [],
      silent: true,
    });
    const started = new FunctionProcess(child);
    await Promise.race([once(child, 'message'), started.end]);
    started.startTime = performance.now() - begin;
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** @param directory the directory of the bundle. */
  load(directory: string): Promise<Outcome> {
    return this.ask({ directory });
  }

  invoke(invocation: Invocation): Promise<Outcome> {
    return this.ask(invocation);
  }

  async stop(): Promise<void> {
    const exit = this.end.catch(() => {});
    this.child.kill('SIGKILL');
    await exit;
  }

  private async ask(message: object): Promise<Outcome> {
    const answer = once(this.child, 'message');
    this.child.send(message);
    const [outcome] = await Promise.race([answer, this.end]);
    return outcome;
  }
}
