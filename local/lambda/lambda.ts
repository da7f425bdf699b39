import { DEFAULT_ENVIRONMENT, type Environment } from '../aws/environment';
import type { Outcome } from '../aws/invocation';
import { Newest } from '../aws/newest';
import type { RoleSession } from '../iam/role-session';
import type { EventTarget } from './asynchronous/asynchronous-invocations';
import {
  type EventInvokeConfig,
  type EventInvokeConfigProperties,
  eventInvokeConfig,
} from './asynchronous/event-invoke-config';
import { CodeDirectories } from './code/function-code';
import { Layers } from './code/layers';
import { functionNameOf, LATEST, qualifierOf } from './function-name';
import { Functions, notFound } from './functions';
import { Invocations } from './invocations';
import type { LambdaOptions, LogLine } from './lambda-options';
import { type FunctionProperties, LocalFunction } from './local-function';

const KEPT_LOG_LINES = 1_000;

/** Lambda: runs the functions' bundles in processes of their own, one for each concurrent invocation. */
export class Lambda {
  /** The lines that the functions wrote. */
  readonly logs = new Newest<LogLine>(KEPT_LOG_LINES);
  readonly invocations = new Invocations();
  readonly code = new CodeDirectories();
  readonly layers = new Layers();
  private readonly functions = new Functions();
  /** By the ARN of the function with a qualifier. */
  private readonly eventConfigs = new Map<string, EventInvokeConfig>();

  /** @param onChange called after a line in a log. */
  constructor(
    private readonly endpointPort: number,
    private readonly onChange: () => void = () => {},
    private readonly options: LambdaOptions = {},
  ) {}

  get functionNames(): string[] {
    return this.functions.names;
  }

  /**
   * @param directory the directory of the function's code.
   * @throws Error if another stack has a function of this name.
   */
  createFunction(
    name: string,
    directory: string,
    properties: FunctionProperties,
    role: RoleSession,
    environment: Environment = DEFAULT_ENVIRONMENT,
  ): void {
    this.functions.add(name, this.functionOf(name, directory, properties, role, environment));
  }

  /** As {@link Functions.replace} does. */
  updateFunction(...[name, ...definition]: Parameters<Lambda['createFunction']>): boolean {
    return this.functions.replace(name, this.functionOf(name, ...definition));
  }

  /** Takes note of a function that cannot run here. Whoever invokes it is told so. */
  createForeignFunction(name: string, reason: string, environment: Environment): void {
    this.functions.addForeign(name, reason, environment);
  }

  async deleteFunction(name: string): Promise<void> {
    await this.functions.delete(name);
  }

  /** Publishes a version of a function, if it runs here. */
  publishVersion(nameOrArn: string, version: string): void {
    this.functions.get(nameOrArn)?.publish(version);
  }

  /** Makes an alias of a version, if the function runs here. */
  createAlias(nameOrArn: string, alias: string, version: string): void {
    this.functions.get(nameOrArn)?.addAlias(alias, version);
  }

  /** Whether the app has this function, even if only AWS can run it. */
  has(name: string): boolean {
    return this.functions.has(name);
  }

  /** Whether the app has this function, and it can run here. */
  canRun(nameOrArn: string): boolean {
    return this.functions.get(nameOrArn) !== undefined;
  }

  /**
   * Invokes a function and waits for its outcome.
   *
   * @param nameOrArn the name, or an ARN with or without a qualifier.
   * @param requestId the same for each attempt of an event. @default - a new one
   * @throws AwsError ResourceNotFoundException, InvalidRuntimeException for a function that cannot run here, or
   * TooManyRequestsException beyond the reserved concurrency.
   */
  async invoke(nameOrArn: string, payload: string, requestId?: string): Promise<Outcome> {
    return this.functions.find(nameOrArn).invoke(payload, qualifierOf(nameOrArn), requestId);
  }

  /** The version that a call is for; undefined if there is none. */
  versionOf(nameOrArn: string): string | undefined {
    return this.functions.find(nameOrArn).versionOf(qualifierOf(nameOrArn));
  }

  /** Sets what becomes of the events for a version or an alias of a function; without properties, the default. */
  configureEvents(nameOrArn: string, qualifier: string, properties?: EventInvokeConfigProperties): void {
    this.eventConfigs.set(`${this.arnOf(nameOrArn)}:${qualifier}`, eventInvokeConfig(properties));
  }

  /** What becomes of an event for a function. */
  eventTargetOf(nameOrArn: string): EventTarget {
    const fn = this.functions.find(nameOrArn);
    const qualifier = qualifierOf(nameOrArn) ?? LATEST;
    const version = fn.versionOf(qualifier);
    const functionArn = fn.qualifiedArn(qualifier);
    if (version === undefined) throw notFound(functionArn);
    const config = this.eventConfigs.get(functionArn) ?? eventInvokeConfig();
    return { functionArn, version, role: fn.role, config, deadLetterArn: fn.deadLetterArn };
  }

  /** Adds a line from Lambda itself to a function's log. */
  log(nameOrArn: string, line: string): void {
    const logLine = { functionName: functionNameOf(nameOrArn), at: Date.now(), line };
    this.logs.add(logLine);
    this.options.onLog?.(logLine);
    this.onChange();
  }

  /** The kept lines in a log group, oldest first. */
  linesIn(logGroupName: string): LogLine[] {
    return this.logs.list().filter(({ functionName }) => {
      return this.functions.get(functionName)?.logGroupName === logGroupName;
    });
  }

  /** The environment variables that the template gives a function; none if it does not run here. */
  variablesOf(nameOrArn: string): Readonly<Record<string, string>> {
    return this.functions.get(nameOrArn)?.variables ?? {};
  }

  /** The role of a function. */
  roleOf(nameOrArn: string): RoleSession {
    return this.functions.find(nameOrArn).role;
  }

  /** Starts execution environments until there are `count`, as provisioned concurrency does on AWS. */
  async provisionConcurrency(nameOrArn: string, count: number): Promise<void> {
    await this.functions.find(nameOrArn).provision(count);
  }

  /** Ends one process of the function in the middle of an invocation, if both exist. */
  kill(nameOrArn: string): void {
    this.functions.get(nameOrArn)?.kill();
  }

  /** Ends every function's processes. */
  async close(): Promise<void> {
    await this.functions.close();
    await this.code.close();
  }

  /** @param nameOrArn the name, or an ARN with or without a qualifier. */
  arnOf(nameOrArn: string): string {
    return this.functions.arnOf(nameOrArn);
  }

  /** The ARN for which a call needs a permission: with the qualifier that the call has. */
  invokedArnOf(nameOrArn: string): string {
    const qualifier = qualifierOf(nameOrArn);
    return qualifier === undefined ? this.arnOf(nameOrArn) : `${this.arnOf(nameOrArn)}:${qualifier}`;
  }

  private functionOf(
    ...[name, directory, properties, role, environment]: Parameters<Lambda['createFunction']>
  ) {
    const description = {
      name,
      directory,
      properties,
      role,
      environment: environment ?? DEFAULT_ENVIRONMENT,
      modules: this.layers.modulesFor(properties.Layers ?? []),
      ...(this.options.inspected?.isInspected(name) && { inspectPort: this.options.inspected.port }),
    };
    const log = (line: string) => this.log(name, line);
    return new LocalFunction(description, this.endpointPort, log, this.invocations);
  }
}
