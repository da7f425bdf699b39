import type { CloudAssembly } from './cloud-assembly';
import { createConsole } from './console/console';
import { Gateway, type GatewayRoutes } from './gateway';
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
    /** The stack's outputs. */
    readonly outputs: Record<string, string>,
  ) {}

  /** Where SDKs, the AWS CLI and browsers find it. */
  get endpoint(): string {
    return this.gateway.endpoint;
  }

  /** Oldest first; of Express executions, the newest ones. */
  get executions(): readonly Execution[] {
    return this.services.stepFunctions.executions;
  }

  /** @throws Error naming a resource that the local cloud does not know, or a port that is in use. */
  static async start({ assembly, port, queueTimeScale }: LocalCloudOptions): Promise<LocalCloud> {
    const gateway = await Gateway.listen(port);
    try {
      const services = await startServices(gateway, queueTimeScale);
      const resolver = new TemplateResolver(assembly.template, assembly.stackName, gateway.port);
      await provision(assembly, resolver, services);
      const outputs = outputsOf(assembly, resolver);
      gateway.serve(routesTo(services, outputs));
      for (const mapping of services.eventSourceMappings) mapping.start();
      return new LocalCloud(gateway, services, outputs);
    } catch (error) {
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
    const { eventSourceMappings, stepFunctions, lambda, sqs } = this.services;
    for (const mapping of eventSourceMappings) mapping.stop();
    stepFunctions.close();
    lambda.close();
    await sqs.close();
    await this.gateway.close();
  }
}

function routesTo(services: Services, outputs: Record<string, string>): GatewayRoutes {
  const { changes, cognito, dynamodb, faults, lambda, sqs, stepFunctions } = services;
  return {
    services: {
      AWSCognitoIdentityProviderService: cognito,
      DynamoDB_20120810: dynamodb,
      AmazonSQS: sqs,
      AWSStepFunctions: stepFunctions,
    },
    call: async (service, call) => {
      await faults.apply(`${service.prefix}:${call.action}`);
      return service.call(call);
    },
    invoke: async (name, headers, body) => {
      await faults.apply('lambda:InvokeFunction');
      return lambda.handleInvoke(name, headers, body);
    },
    local: createLocalApi(services),
    console: createConsole(services, outputs),
    onChange: () => changes.emit('change'),
    jwks: cognito.jwks,
  };
}

function outputsOf(assembly: CloudAssembly, resolver: TemplateResolver): Record<string, string> {
  const outputs = Object.entries(assembly.template.Outputs ?? {});
  return Object.fromEntries(outputs.map(([name, { Value }]) => [name, String(resolver.resolve(Value))]));
}
