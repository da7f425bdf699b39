import { modelledInput } from './aws/modelled-input';
import type { Template } from './aws/template';
import type { CloudAssembly } from './cloudformation/cloud-assembly';
import { Deployment } from './cloudformation/deployment';
import { createConsole } from './console/console';
import { Gateway, type GatewayRoutes } from './gateway/gateway';
import type { Iam } from './iam/iam';
import { createLocalApi } from './local-api';
import { RESOURCE_TYPES } from './resource-types';
import { type Services, startServices } from './services';
import type { Execution } from './step-functions/state-machine';

/** What a local cloud is started with. */
interface LocalCloudOptions {
  /**
   * The stack to deploy at once.
   *
   * @default - none; `deploy` can do it later
   */
  readonly assembly?: CloudAssembly;
  /** 0 for any free one. */
  readonly port: number;
  /**
   * How many seconds a second of a queue's visibility time-outs lasts: less than 1 makes retries come sooner.
   *
   * @default - 1
   */
  readonly queueTimeScale?: number;
}

/** AWS on this machine, for one synthesized stack. */
export class LocalCloud {
  private deployment?: Deployment<Services>;

  private constructor(
    private readonly gateway: Gateway,
    private readonly services: Services,
  ) {}

  /** Where SDKs, the AWS CLI and browsers find it. */
  get endpoint(): string {
    return this.gateway.endpoint;
  }

  /** Oldest first; of Express executions, the newest ones. */
  get executions(): readonly Execution[] {
    return this.services.stepFunctions.executions;
  }

  /** What IAM decided so far, and knows to be unused. */
  get iam(): Iam {
    return this.services.iam;
  }

  /** Takes over what another version of the template says about access, in roles, policies and permissions. */
  updateAccess(template: Template): void {
    if (this.deployment) this.services.iam.load(template, this.deployment.values);
  }

  /** @throws Error naming a resource that the local cloud does not know, or a port that is in use. */
  static async start({ assembly, port, queueTimeScale }: LocalCloudOptions): Promise<LocalCloud> {
    const gateway = await Gateway.listen(port);
    const services = await startServices(gateway, queueTimeScale).catch(async (error) => {
      await gateway.close();
      throw error;
    });
    const cloud = new LocalCloud(gateway, services);
    gateway.serve(routesTo(services, () => cloud.outputs));
    try {
      if (assembly) await cloud.deploy(assembly);
      return cloud;
    } catch (error) {
      await cloud.close();
      throw error;
    }
  }

  /** The stack's outputs. */
  get outputs(): Record<string, string> {
    return this.deployment?.outputs ?? {};
  }

  /**
   * Creates what the stack describes.
   *
   * @throws Error naming a resource that the local cloud does not know or could not create, or a stack that is
   * deployed already.
   */
  async deploy(assembly: CloudAssembly): Promise<void> {
    if (this.deployment) throw new Error('the local cloud runs one stack: destroy it before the next one');
    const { services } = this;
    const { customResources, iam } = services;
    const port = this.gateway.port;
    const deployment = new Deployment(assembly, { types: RESOURCE_TYPES, services, customResources, port });
    iam.load(assembly.template, deployment.values);
    await deployment.create();
    this.deployment = deployment;
  }

  /**
   * Deletes the stack, but for what its template retains.
   *
   * @throws Error with the reason of a resource that could not be deleted; the rest of the stack then stays.
   */
  async destroy(): Promise<void> {
    await this.deployment?.delete();
    this.deployment = undefined;
  }

  /** Starts execution environments of a function until there are so many, as provisioned concurrency does on AWS. */
  provisionConcurrency(functionName: string, count: number): Promise<void> {
    return this.services.lambda.provisionConcurrency(functionName, count);
  }

  /** The names of the stack's functions. */
  get functionNames(): readonly string[] {
    return this.services.lambda.functionNames;
  }

  /** Ends executions and the functions' processes, and closes the endpoint. */
  async close(): Promise<void> {
    await closeServices(this.services);
    await this.gateway.close();
  }
}

async function closeServices({ eventSourceMappings, stepFunctions, lambda, sqs }: Services): Promise<void> {
  for (const mapping of eventSourceMappings.values()) mapping.stop();
  stepFunctions.close();
  await lambda.close();
  await sqs.close();
}

function routesTo(services: Services, outputs: () => Record<string, string>): GatewayRoutes {
  const { changes, cognito, cognitoIdentity, dynamodb, faults, iam, lambda, sqs, stepFunctions } = services;
  return {
    services: {
      AWSCognitoIdentityProviderService: cognito,
      AWSCognitoIdentityService: cognitoIdentity,
      DynamoDB_20120810: dynamodb,
      AmazonSQS: sqs,
      AWSStepFunctions: stepFunctions,
    },
    call: async (service, call, accessKeyId) => {
      // IAM and the service have to read the same.
      const input = modelledInput(service.prefix, call.action, call.input);
      iam.authorizeCall(accessKeyId, service.prefix, call.action, input);
      await faults.apply(`${service.prefix}:${call.action}`);
      return service.call({ ...call, input });
    },
    invoke: async ({ name, accessKeyId, headers, body }) => {
      iam.authorizeCall(accessKeyId, 'lambda', 'InvokeFunction', { FunctionArn: lambda.arnOf(name) });
      await faults.apply('lambda:InvokeFunction');
      return lambda.handleInvoke(name, headers, body);
    },
    local: createLocalApi(services),
    console: createConsole(services, outputs),
    onChange: () => changes.emit('change'),
    jwks: cognito.jwks,
  };
}
