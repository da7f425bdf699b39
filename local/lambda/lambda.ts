import { devNull } from 'node:os';
import { AwsError, type AwsResponse } from '../aws/api';
import { arn, FUNCTION_HOST, REGION } from '../aws/environment';
import type { Outcome } from '../aws/invocation';
import type { RoleSession } from '../iam/iam';
import { LambdaEnvironments } from './execution-environments';
import { functionNameOf } from './function-name';
import { assertInvocationType, assertJson } from './invoke-request';
import { LOG_STREAM, logGroupOf, mayLog, trace } from './telemetry';

/** A Lambda function as the template describes it. */
export interface FunctionProperties {
  readonly Handler: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Role: string;
  readonly LoggingConfig?: { readonly LogGroup?: string };
  readonly TracingConfig?: { readonly Mode?: string };
  readonly Environment?: { readonly Variables?: Record<string, string> };
  readonly ReservedConcurrentExecutions?: number;
}

interface LocalFunction {
  readonly role: RoleSession;
  readonly isTraced: boolean;
  readonly environments: LambdaEnvironments;
  readonly concurrency: number;
  running: number;
}

/** A line that a function wrote. */
interface LogLine {
  readonly functionName: string;
  readonly line: string;
}

const MAX_LOG_LINES = 1000;

/** Lambda: runs the functions' bundles in processes of their own, one for each concurrent invocation. */
export class Lambda {
  /** The newest lines that the functions wrote, oldest first. */
  readonly logs: LogLine[] = [];
  private readonly functions = new Map<string, LocalFunction>();

  constructor(private readonly endpointPort: number) {}

  get functionNames(): string[] {
    return [...this.functions.keys()];
  }

  /** @param directory the directory of the function's code. */
  createFunction(name: string, directory: string, properties: FunctionProperties, role: RoleSession): void {
    const environments = new LambdaEnvironments({
      functionArn: arn('lambda', `function:${name}`),
      directory,
      variables: this.variablesOf(name, directory, properties, role),
      timeout: (properties.Timeout ?? 3) * 1000,
      log: (line) => {
        if (mayLog(role, name, properties)) this.log(name, line);
      },
    });
    const concurrency = properties.ReservedConcurrentExecutions ?? Number.POSITIVE_INFINITY;
    const isTraced = properties.TracingConfig?.Mode === 'Active';
    this.functions.set(name, { role, isTraced, environments, concurrency, running: 0 });
  }

  async deleteFunction(name: string): Promise<void> {
    const fn = this.functions.get(name);
    this.functions.delete(name);
    await fn?.environments.close();
  }

  /**
   * Invokes a function and waits for its outcome.
   *
   * @param nameOrArn the name, or an ARN with or without a qualifier.
   * @throws AwsError ResourceNotFoundException, or TooManyRequestsException beyond the reserved concurrency.
   */
  async invoke(nameOrArn: string, payload: string): Promise<Outcome> {
    const fn = this.find(nameOrArn);
    if (fn.running >= fn.concurrency) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    fn.running += 1;
    if (fn.isTraced) trace(fn.role);
    try {
      return await fn.environments.invoke(payload);
    } finally {
      fn.running -= 1;
    }
  }

  /**
   * The Invoke API.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
   */
  async handleInvoke(nameOrArn: string, headers: Record<string, string>, body: string): Promise<AwsResponse> {
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    const payload = body || '{}';
    this.find(nameOrArn);
    assertInvocationType(type);
    assertJson(payload);
    if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
    const invocation = this.invoke(nameOrArn, payload);
    if (type === 'Event') {
      invocation.catch((error) => this.log(nameOrArn, `event not delivered: ${error}`));
      return { status: 202, headers: {}, body: '' };
    }
    const outcome = await invocation;
    return {
      status: 200,
      headers: {
        'x-amz-executed-version': '$LATEST',
        ...(outcome.failed && { 'x-amz-function-error': 'Unhandled' }),
      },
      body: outcome.payload,
    };
  }

  /** Adds a line from Lambda itself to a function's log. */
  log(nameOrArn: string, line: string): void {
    this.logs.push({ functionName: functionNameOf(nameOrArn), line });
    if (this.logs.length > MAX_LOG_LINES) this.logs.shift();
  }

  /** The role of a function. */
  roleOf(nameOrArn: string): RoleSession {
    return this.find(nameOrArn).role;
  }

  /** Starts execution environments until there are `count`, as provisioned concurrency does on AWS. */
  async provisionConcurrency(nameOrArn: string, count: number): Promise<void> {
    await this.find(nameOrArn).environments.provision(count);
  }

  /** Ends one process of the function in the middle of an invocation, if both exist. */
  kill(nameOrArn: string): void {
    this.functions.get(functionNameOf(nameOrArn))?.environments.kill();
  }

  /** Ends every function's processes. */
  async close(): Promise<void> {
    await Promise.all([...this.functions.values()].map(({ environments }) => environments.close()));
  }

  /** @param nameOrArn the name, or an ARN with or without a qualifier. */
  arnOf(nameOrArn: string): string {
    return arn('lambda', `function:${functionNameOf(nameOrArn)}`);
  }

  private find(nameOrArn: string): LocalFunction {
    const fn = this.functions.get(functionNameOf(nameOrArn));
    if (fn) return fn;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${this.arnOf(nameOrArn)}`, 404);
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
  private variablesOf(
    name: string,
    directory: string,
    properties: FunctionProperties,
    role: RoleSession,
  ): Record<string, string> {
    return {
      ...properties.Environment?.Variables,
      _HANDLER: properties.Handler,
      LAMBDA_TASK_ROOT: directory,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize ?? 128),
      AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(name, properties),
      AWS_LAMBDA_LOG_STREAM_NAME: LOG_STREAM,
      AWS_ACCESS_KEY_ID: role.accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local',
      AWS_ENDPOINT_URL: `http://${FUNCTION_HOST}:${this.endpointPort}`,
      // The SDK sends to the host of the queue URL, and warns if the endpoint has another host.
      AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${this.endpointPort}`,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      // The functions must not see the AWS configuration of the person at this machine.
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
    };
  }
}
