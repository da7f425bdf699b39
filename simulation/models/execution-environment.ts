import type { Outcome } from '../../local/aws/invocation';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Program } from '../code/program';
import { Sandbox } from '../code/sandbox';
import type { Faults } from './faults';
import type { Network } from './network';

interface LambdaContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly getRemainingTimeInMillis: () => number;
}

type Handler = (event: unknown, context: LambdaContext) => Promise<unknown>;

/** What an environment needs of the world. */
export interface EnvironmentOptions {
  readonly functionName: string;
  /** The folder of the function, by which faults name it. */
  readonly folder: string;
  readonly program: Program;
  readonly variables: Record<string, string>;
  /** In ms. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly faults: Faults;
  readonly log: (line: unknown) => void;
}

/**
 * An execution environment: the real code in a process that stands still between invocations, and that ends
 * at the function's time-out or in a crash.
 */
export class ExecutionEnvironment {
  private readonly sandbox: Sandbox;
  private readonly handler: Handler;
  private end: (outcome: Outcome) => void = () => {};

  constructor(private readonly options: EnvironmentOptions) {
    const { program, folder, clock, random, variables, log } = options;
    this.sandbox = new Sandbox(program, { clock, random, environment: variables, log, send: this.send });
    this.handler = this.sandbox.load<{ handler: Handler }>(`${folder}.js`).handler;
  }

  get isUsable(): boolean {
    return !this.sandbox.hasCrashed;
  }

  invoke(payload: string): Promise<Outcome> {
    const { clock, timeout, functionName, random } = this.options;
    return new Promise((resolve) => {
      const deadline = clock.now() + timeout;
      const cancel = clock.at(deadline, () =>
        this.crash('Sandbox.Timedout', `Task timed out after ${timeout} ms`),
      );
      this.end = (outcome) => {
        cancel();
        this.end = () => {};
        resolve(outcome);
      };
      const context = {
        functionName,
        awsRequestId: random.uuid(),
        getRemainingTimeInMillis: () => deadline - clock.now(),
      };
      this.sandbox.thaw();
      this.handler(JSON.parse(payload), context).then(
        (value) => this.finish({ failed: false, payload: JSON.stringify(value ?? null) }),
        (error) => this.finish({ failed: true, payload: JSON.stringify(errorOf(error)) }),
      );
    });
  }

  private finish(outcome: Outcome): void {
    if (this.sandbox.hasCrashed) return;
    this.sandbox.freeze();
    this.end(outcome);
  }

  private crash(errorType: string, errorMessage: string): void {
    this.sandbox.crash();
    this.end({ failed: true, payload: JSON.stringify({ errorType, errorMessage }) });
  }

  /** Between any two requests, the process may crash or stand still. */
  private readonly send: Network['send'] = async (request) => {
    const { faults, folder, random, network } = this.options;
    const { end } = this;
    const stall = faults.strike('stall', folder);
    if (stall) await this.stall(stall.time ?? 0);
    const crashes = faults.strike('crash', folder) !== undefined;
    const isBefore = crashes && random.chance(0.5);
    if (isBefore) this.crash('Runtime.ExitError', 'the process ended');
    if (isBefore || this.sandbox.hasCrashed) return new Promise(() => {});
    const response = network.send(request);
    if (!crashes) return response;
    await response.catch(() => {});
    // The process stands still when its invocation has ended, and the answer of an earlier one changes nothing.
    if (this.end === end) this.crash('Runtime.ExitError', 'the process ended');
    return response;
  };

  private async stall(time: number): Promise<void> {
    this.sandbox.freeze();
    await this.options.clock.sleep(time);
    this.sandbox.thaw();
  }
}

function errorOf(error: unknown) {
  const { name, message } =
    error instanceof Object && 'message' in error ? (error as Error) : new Error(String(error));
  return { errorType: name, errorMessage: message, trace: [] };
}
