import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../aws/api';
import { arn, type Environment } from '../aws/environment';
import type { Outcome } from '../aws/invocation';
import type { RoleSession } from '../iam/role-session';
import { fingerprintOf } from './code/fingerprint';
import type { ModuleSources } from './code/layers';
import { LambdaEnvironments } from './execution-environments';
import { LATEST } from './function-name';
import { variablesOf } from './function-variables';
import type { Invocations } from './invocations';
import { logGroupOf, mayLog, trace } from './telemetry';

/** A Lambda function as the template describes it. */
export interface FunctionProperties {
  readonly Handler: string;
  /** Such as `nodejs24.x`. */
  readonly Runtime?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Role: string;
  /** The ARNs of its layers. */
  readonly Layers?: readonly string[];
  readonly LoggingConfig?: { readonly LogGroup?: string };
  readonly TracingConfig?: { readonly Mode?: string };
  readonly Environment?: { readonly Variables?: Record<string, string> };
  readonly ReservedConcurrentExecutions?: number;
  readonly DeadLetterConfig?: { readonly TargetArn?: string };
}

/** A function that can run here. */
export interface FunctionDescription {
  readonly name: string;
  /** The directory of its code. */
  readonly directory: string;
  readonly properties: FunctionProperties;
  readonly role: RoleSession;
  /** Its account and region. */
  readonly environment: Environment;
  readonly modules: ModuleSources;
  /**
   * The port of its debugger.
   *
   * @default - it has none
   */
  readonly inspectPort?: number;
}

/** A function with its versions and aliases. The code of all versions is that of the newest app. */
export class LocalFunction {
  readonly arn: string;
  private readonly fingerprint: string;
  private running = 0;
  private before = Promise.resolve();
  private whenIdle?: () => void;
  private readonly aliases = new Map<string, string>();
  private readonly versions = new Map<string, LambdaEnvironments>();

  /** @param log receives each line that the function writes. */
  constructor(
    private readonly description: FunctionDescription,
    private readonly endpointPort: number,
    private readonly log: (line: string) => void,
    private readonly invocations: Invocations,
  ) {
    this.fingerprint = fingerprintOf([description.directory, ...description.modules.layers]);
    this.arn = arn('lambda', `function:${description.name}`, description.environment);
    this.publish(LATEST);
  }

  get role(): RoleSession {
    return this.description.role;
  }

  /** The ARN of the queue for the events that failed, if it has one. */
  get deadLetterArn(): string | undefined {
    return this.description.properties.DeadLetterConfig?.TargetArn;
  }

  get variables(): Readonly<Record<string, string>> {
    return this.description.properties.Environment?.Variables ?? {};
  }

  get logGroupName(): string {
    return logGroupOf(this.description.name, this.description.properties);
  }

  /** Whether another function has the same code, layers and properties. */
  isSameAs(other: LocalFunction): boolean {
    const { properties, modules } = this.description;
    return (
      this.fingerprint === other.fingerprint &&
      isDeepStrictEqual(withoutCode(properties), withoutCode(other.description.properties)) &&
      isDeepStrictEqual(modules, other.description.modules)
    );
  }

  /** Makes the versions and aliases that another function has. */
  takeVersionsOf(other: LocalFunction): void {
    for (const version of other.versions.keys()) if (version !== LATEST) this.publish(version);
    for (const [name, version] of other.aliases) this.addAlias(name, version);
  }

  /** With a debugger, waits for the end of the processes before it, because they have its port. */
  startAfter(ended: Promise<void>): void {
    if (this.description.inspectPort !== undefined) this.before = ended;
  }

  /** Ends the processes after the running invocations. */
  async retire(): Promise<void> {
    if (this.running > 0)
      await new Promise<void>((resolve) => {
        this.whenIdle = resolve;
      });
    await this.close();
  }

  /** Makes a version; its processes start when it is invoked. */
  publish(version: string): void {
    const { name, directory, properties, role, environment, modules, inspectPort } = this.description;
    void this.versions.get(version)?.close();
    const environments = new LambdaEnvironments({
      directory,
      modules,
      variables: variablesOf(this.description, version, this.endpointPort),
      timeout: (properties.Timeout ?? 3) * 1000,
      begin: (requestId, payload) => this.invocations.begin(name, requestId, payload),
      inspectPort,
      log: (line) => {
        if (mayLog(role, name, properties, environment)) this.log(line);
      },
    });
    this.versions.set(version, environments);
  }

  /** Makes an alias of a version. */
  addAlias(name: string, version: string): void {
    this.aliases.set(name, version);
  }

  /** The version that a qualifier stands for; undefined if there is no such version or alias. */
  versionOf(qualifier = LATEST): string | undefined {
    const version = this.aliases.get(qualifier) ?? qualifier;
    return this.versions.has(version) ? version : undefined;
  }

  /** @throws AwsError TooManyRequestsException beyond the reserved concurrency. */
  async invoke(payload: string, qualifier?: string, requestId?: string): Promise<Outcome> {
    const { ReservedConcurrentExecutions = Number.POSITIVE_INFINITY, TracingConfig } =
      this.description.properties;
    if (this.running >= ReservedConcurrentExecutions)
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    this.running += 1;
    if (TracingConfig?.Mode === 'Active') trace(this.role);
    try {
      await this.before;
      return await this.environmentsOf(qualifier).invoke(payload, this.qualifiedArn(qualifier), requestId);
    } finally {
      this.running -= 1;
      if (this.running === 0) this.whenIdle?.();
    }
  }

  /** As {@link LambdaEnvironments.provision} does. */
  async provision(count: number): Promise<void> {
    await this.environmentsOf().provision(count);
  }

  /** Ends one process in the middle of an invocation, if there is one. */
  kill(): void {
    for (const environments of this.versions.values()) environments.kill();
  }

  /** Ends every process. */
  async close(): Promise<void> {
    await Promise.all([...this.versions.values()].map((environments) => environments.close()));
  }

  /** The ARN with the qualifier that a caller gave, if any. */
  qualifiedArn(qualifier?: string): string {
    return qualifier === undefined ? this.arn : `${this.arn}:${qualifier}`;
  }

  private environmentsOf(qualifier?: string): LambdaEnvironments {
    const environments = this.versions.get(this.versionOf(qualifier) ?? '');
    if (environments) return environments;
    throw new AwsError(
      'ResourceNotFoundException',
      `Function not found: ${this.qualifiedArn(qualifier)}`,
      404,
    );
  }
}

/** Where the code is says nothing about what it is. */
function withoutCode(properties: FunctionProperties): Record<string, unknown> {
  return { ...properties, Code: undefined };
}
