import type { CloudAssembly, Template } from './cloud-assembly';
import { Gateway, type GatewayRoutes } from './gateway';
import type { Iam } from './iam/iam';
import { assertShape } from './input-shape';
import { createLocalApi } from './local-api';
import { provision } from './provision';
import { type Services, startServices } from './services';
import type { Execution } from './state-machine';
import { TemplateResolver } from './template-resolver';

/** What a local cloud is started with. */
export interface LocalCloudOptions {
  readonly assembly: CloudAssembly;
  /** 0 for any free one. */
  readonly port: number;
  /**
   * How many seconds a second of a queue's visibility time-outs lasts: less than 1 makes retries come sooner.
   *
   * @default - 1
   */
  readonly queueTimeScale?: number;
}

/** A synthesized stack, running on this machine. */
export class LocalCloud {
  private constructor(
    private readonly gateway: Gateway,
    private readonly services: Services,
    private readonly resolver: TemplateResolver,
    /** The stack's outputs. */
    readonly outputs: Record<string, string>,
  ) {}

  /** Where SDKs, the AWS CLI and browsers find it. */
  get endpoint(): string {
    return this.gateway.endpoint;
  }

  /** Every execution so far, oldest first. */
  get executions(): readonly Execution[] {
    return this.services.stepFunctions.executions;
  }

  /** What IAM decided so far, and knows to be unused. */
  get iam(): Iam {
    return this.services.iam;
  }

  /** Takes over what another version of the template says about access, in roles, policies and permissions. */
  updateAccess(template: Template): void {
    this.services.iam.load(template, this.resolver);
  }

  /** @throws Error naming a resource that the local cloud does not know, or a port that is in use. */
  static async start({ assembly, port, queueTimeScale }: LocalCloudOptions): Promise<LocalCloud> {
    const gateway = await Gateway.listen(port);
    let services: Services | undefined;
    try {
      services = await startServices(gateway, queueTimeScale);
      const resolver = new TemplateResolver(assembly.template, assembly.stackName, gateway.port);
      await provision(assembly, resolver, services);
      gateway.serve(routesTo(services));
      for (const mapping of services.eventSourceMappings) mapping.start();
      return new LocalCloud(gateway, services, resolver, outputsOf(assembly, resolver));
    } catch (error) {
      if (services) await closeServices(services);
      await gateway.close();
      throw error;
    }
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
  for (const mapping of eventSourceMappings) mapping.stop();
  stepFunctions.close();
  lambda.close();
  await sqs.close();
}

function routesTo(services: Services): GatewayRoutes {
  const { cognito, cognitoIdentity, dynamodb, faults, iam, lambda, sqs, stepFunctions } = services;
  return {
    services: {
      AWSCognitoIdentityProviderService: cognito,
      AWSCognitoIdentityService: cognitoIdentity,
      DynamoDB_20120810: dynamodb,
      AmazonSQS: sqs,
      AWSStepFunctions: stepFunctions,
    },
    call: async (service, call, accessKeyId) => {
      assertShape(service.prefix, call.action, call.input);
      iam.authorizeCall(accessKeyId, service.prefix, call.action, call.input);
      await faults.apply(`${service.prefix}:${call.action}`);
      return service.call(call);
    },
    invoke: async ({ name, accessKeyId, headers, body }) => {
      iam.authorizeCall(accessKeyId, 'lambda', 'InvokeFunction', { FunctionArn: lambda.arnOf(name) });
      await faults.apply('lambda:InvokeFunction');
      return lambda.handleInvoke(name, headers, body);
    },
    local: createLocalApi(services),
    jwks: cognito.jwks,
  };
}

function outputsOf(assembly: CloudAssembly, resolver: TemplateResolver): Record<string, string> {
  const outputs = Object.entries(assembly.template.Outputs ?? {});
  return Object.fromEntries(outputs.map(([name, { Value }]) => [name, String(resolver.resolve(Value))]));
}
