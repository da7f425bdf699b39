import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Outcome } from '../aws/invocation';
import { type EnvironmentConfig, LambdaEnvironment } from './execution-environment';

/** With more processes for one function, this machine does not become faster. */
const MAX_ENVIRONMENTS = 100;

/** How long an environment waits for its next invocation before it ends, in ms. */
const IDLE_TIME = 5 * 60_000;

/**
 * The execution environments of one function.
 *
 * On AWS, an invocation without an idle environment gets a new one at once. A burst of new environments would
 * stall this machine. So here the invocation takes the first that is ready: a new one or an idle one.
 */
export class LambdaEnvironments {
  private readonly all = new Set<LambdaEnvironment>();
  private readonly idle: LambdaEnvironment[] = [];
  private readonly idleTimers = new Map<LambdaEnvironment, NodeJS.Timeout>();
  private readonly max: number;
  private readonly waiting: ((environment: LambdaEnvironment | Error) => void)[] = [];
  private starting = 0;
  private newest?: LambdaEnvironment;
  private closed = false;

  /** @param idleTime how long an environment waits for its next invocation before it ends, in ms. */
  constructor(
    private readonly config: EnvironmentConfig,
    private readonly idleTime = IDLE_TIME,
  ) {
    // A debugger attaches to one process.
    this.max = config.inspectPort === undefined ? MAX_ENVIRONMENTS : 1;
  }

  /** How many processes there are. */
  get size(): number {
    return this.all.size;
  }

  /**
   * @param invokedArn the ARN that the caller named.
   * @throws Error if no environment can be started, or all have been closed.
   */
  async invoke(payload: string, invokedArn: string, requestId: string = randomUUID()): Promise<Outcome> {
    const invocation = this.config.begin(requestId, payload);
    const environment = await this.acquire();
    invocation.coldStart = !environment.isLoaded;
    const outcome = await environment.invoke(requestId, payload, invokedArn);
    this.release(environment);
    Object.assign(invocation, { endedAt: Date.now(), outcome });
    return outcome;
  }

  /**
   * Starts environments until there are `count` of them, as provisioned concurrency does on AWS.
   *
   * @throws Error as {@link invoke} does.
   */
  async provision(count: number): Promise<void> {
    while (this.all.size < count) await this.start();
  }

  /** Ends one process in the middle of an invocation, if one has an invocation. */
  kill(): void {
    const [busy] = [...this.all].filter((environment) => !this.idle.includes(environment));
    busy?.stop();
  }

  /** Ends every process and waits for the end. Invocations that still wait fail. */
  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.idleTimers.values()) clearTimeout(timer);
    for (const environment of this.all) environment.stop();
    for (const resume of this.waiting.splice(0)) resume(new Error('the local cloud is closing'));
    await Promise.all([...this.all].map(({ ended }) => ended));
  }

  private async acquire(): Promise<LambdaEnvironment> {
    this.assertOpen();
    for (let environment = this.idle.pop(); environment; environment = this.idle.pop()) {
      clearTimeout(this.idleTimers.get(environment));
      this.idleTimers.delete(environment);
      if (environment.alive) return environment;
      this.all.delete(environment);
    }
    return new Promise((resolve, reject) => {
      this.waiting.push((environment) => {
        if (environment instanceof Error) reject(environment);
        else resolve(environment);
      });
      void this.startIfWanted();
    });
  }

  private release(environment: LambdaEnvironment): void {
    if (!environment.alive) {
      this.all.delete(environment);
      void this.startIfWanted();
      return;
    }
    const resume = this.waiting.shift();
    if (resume) resume(environment);
    else this.rest(environment);
  }

  private rest(environment: LambdaEnvironment): void {
    this.idle.push(environment);
    const end = () => {
      this.idle.splice(this.idle.indexOf(environment), 1);
      this.idleTimers.delete(environment);
      this.all.delete(environment);
      environment.stop();
    };
    this.idleTimers.set(environment, setTimeout(end, this.idleTime).unref());
  }

  private async startIfWanted(): Promise<void> {
    const wanted = this.waiting.length > this.starting;
    const room = this.starting < availableParallelism() && this.all.size + this.starting < this.max;
    if (!wanted || !room || this.closed) return;
    this.starting += 1;
    try {
      await this.start();
    } catch (error) {
      this.waiting.shift()?.(error as Error);
    } finally {
      this.starting -= 1;
      void this.startIfWanted();
    }
  }

  private assertOpen(): void {
    if (this.closed) throw new Error('the local cloud is closed');
  }

  private async start(): Promise<void> {
    this.assertOpen();
    // An ended process may still have the port of the debugger.
    if (this.config.inspectPort !== undefined) await this.newest?.ended;
    const environment = await LambdaEnvironment.start(this.config);
    this.newest = environment;
    this.all.add(environment);
    if (this.closed) environment.stop();
    // It takes the invocation before the function is loaded, so that a load error becomes the outcome.
    this.release(environment);
    await environment.loaded();
  }
}
