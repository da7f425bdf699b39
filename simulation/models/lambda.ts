import { AwsError, type Input } from '../../local/aws/api';
import { nameInArn } from '../../local/aws/environment';
import type { Outcome } from '../../local/aws/invocation';
import type { AppResource } from '../app/app';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Program } from '../code/program';
import type { Metrics } from './cloudwatch';
import { ExecutionEnvironment } from './execution-environment';
import type { Faults } from './faults';
import type { Actions, Network } from './network';

interface FunctionProperties {
  readonly Timeout?: number;
  readonly Environment?: { readonly Variables?: Record<string, string> };
  readonly LoggingConfig?: { readonly LogGroup?: string };
}

/** What Lambda gives every function. */
const VARIABLES = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'simulation',
  AWS_SECRET_ACCESS_KEY: 'simulation',
};

/** How long the start of an environment takes, in ms. */
const LEAST_START = 150;
const MOST_START = 700;

/** After this time without an invocation, Lambda ends an environment, in ms. */
const IDLE_TIME = 30 * 60_000;

interface Idle {
  readonly environment: ExecutionEnvironment;
  readonly since: number;
}

/** What Lambda needs of the world. */
export interface LambdaOptions {
  readonly functions: readonly AppResource<FunctionProperties>[];
  /** The functions until the deployment. @default - the same */
  readonly functionsBefore?: readonly AppResource<FunctionProperties>[];
  readonly program: Program;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly faults: Faults;
  readonly metrics: Metrics;
  /** Receives each line that a function logs. */
  readonly log: (logGroup: string, folder: string, line: unknown) => void;
}

/** Lambda: execution environments that start, wait, crash and run out of time. */
export class Lambda {
  private readonly idle = new Map<string, Idle[]>();
  private readonly folders = new Map<string, string>();
  private generation = 0;
  private functions: readonly AppResource<FunctionProperties>[];

  constructor(private readonly options: LambdaOptions) {
    this.functions = options.functionsBefore ?? options.functions;
  }

  readonly actions: Actions = {
    InvokeFunction: ({ FunctionName, Payload }: Input) => this.invoke(String(FunctionName), String(Payload)),
  };

  /** Invokes a function over the network, as other services do. */
  async invokeFunction(nameOrArn: string, Payload: string): Promise<Outcome> {
    const { network, metrics } = this.options;
    const FunctionName = nameInArn(nameOrArn) || nameOrArn;
    try {
      return await network.call('lambda', 'InvokeFunction', { FunctionName, Payload });
    } catch (error) {
      if ((error as AwsError).code === 'TooManyRequestsException')
        metrics.add('AWS/Lambda', 'Throttles', { FunctionName }, 1);
      throw error;
    }
  }

  /** The folder in which a function's code is. */
  folderOf(functionName: string): string {
    const folder = this.folders.get(functionName) ?? this.findFolder(functionName);
    this.folders.set(functionName, folder);
    return folder;
  }

  private findFolder(functionName: string): string {
    const isCodeOf = (folder: string) =>
      new RegExp(`${pascalCase(folder)}Function[0-9A-F]{8}$`).test(functionName);
    const folders = [...this.options.program.keys()].map((file) => file.replace(/\.js$/, ''));
    const folder = folders.find(isCodeOf);
    if (!folder) throw new Error(`no folder of functions/ belongs to ${functionName}`);
    return folder;
  }

  /** Replaces every environment, as a deployment does, and the version before. */
  deploy(): void {
    this.functions = this.options.functions;
    this.generation += 1;
    this.idle.clear();
  }

  private async invoke(name: string, payload: string): Promise<Outcome> {
    const { clock, faults, metrics } = this.options;
    const { generation } = this;
    const refused = faults.strike('invocation refused', this.folderOf(name));
    if (refused) throw new AwsError(refused.error ?? 'ServiceException', 'the function is not started', 500);
    const environment = this.takeIdle(name) ?? (await this.start(name));
    const invokedAt = clock.now();
    const outcome = await environment.invoke(payload);
    metrics.add('AWS/Lambda', 'Duration', { FunctionName: name }, clock.now() - invokedAt);
    if (outcome.failed) metrics.add('AWS/Lambda', 'Errors', { FunctionName: name }, 1);
    if (environment.isUsable && generation === this.generation)
      this.idleOf(name).push({ environment, since: clock.now() });
    return outcome;
  }

  private takeIdle(name: string): ExecutionEnvironment | undefined {
    const waiting = this.idleOf(name);
    const earliest = this.options.clock.now() - IDLE_TIME;
    while (waiting.length > 0 && (waiting[0] as Idle).since < earliest) waiting.shift();
    return waiting.pop()?.environment;
  }

  private async start(name: string): Promise<ExecutionEnvironment> {
    const { clock, random, network, faults, log, program } = this.options;
    const definition = this.functions.find(({ logicalId }) => logicalId === name);
    if (!definition) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
    const folder = this.folderOf(name);
    const { Timeout = 3, Environment, LoggingConfig } = definition.properties;
    await clock.sleep(
      random.integer(LEAST_START, MOST_START) + (faults.strike('slow start', folder)?.time ?? 0),
    );
    return new ExecutionEnvironment({
      functionName: name,
      folder,
      program,
      variables: { ...VARIABLES, AWS_LAMBDA_FUNCTION_NAME: name, ...Environment?.Variables },
      timeout: Timeout * 1000,
      clock,
      random,
      network,
      faults,
      log: (line) => log(LoggingConfig?.LogGroup ?? '', folder, line),
    });
  }

  private idleOf(name: string): Idle[] {
    const waiting = this.idle.get(name) ?? [];
    this.idle.set(name, waiting);
    return waiting;
  }
}

function pascalCase(folder: string): string {
  return folder.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
