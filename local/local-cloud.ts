import type { CloudAssembly } from './cloud-assembly';
import { Cognito } from './cognito';
import type { InvokeFunction } from './cognito-trigger';
import { DynamoDb, type TableProperties } from './dynamodb';
import { EventSourceMapping, type EventSourceMappingProperties } from './event-source-mapping';
import { Faults } from './faults';
import { Gateway, type GatewayRoutes } from './gateway';
import { type FunctionProperties, Lambda } from './lambda';
import { createLocalApi } from './local-api';
import type { PerformSqs } from './message-move-tasks';
import { Sqs } from './sqs';
import type { Execution } from './state-machine';
import { StepFunctions } from './step-functions';
import { taskResources } from './task-resources';
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

interface Services {
  readonly cognito: Cognito;
  readonly dynamodb: DynamoDb;
  readonly eventSourceMappings: EventSourceMapping[];
  readonly faults: Faults;
  readonly invokeFunction: InvokeFunction;
  readonly lambda: Lambda;
  readonly sqs: Sqs;
  readonly stepFunctions: StepFunctions;
}

type Provision = (
  services: Services,
  name: string,
  properties: never,
  assembly: CloudAssembly,
) => void | Promise<void>;

/** How each type of resource comes to life, in the order in which they need one another. */
const PROVISIONERS: Record<string, Provision> = {
  'AWS::Cognito::UserPool': ({ cognito }, name, properties) => cognito.createUserPool(name, properties),
  'AWS::Cognito::UserPoolClient': ({ cognito }, name, properties) =>
    cognito.createUserPoolClient(name, properties),
  'AWS::Cognito::UserPoolGroup': ({ cognito }, name, properties) =>
    cognito.createUserPoolGroup(name, properties),
  'AWS::DynamoDB::Table': ({ dynamodb }, name, properties) => dynamodb.createTable(name, properties),
  'AWS::DynamoDB::GlobalTable': ({ dynamodb }, name, properties: TableProperties) =>
    dynamodb.createTable(name, properties),
  'AWS::SQS::Queue': ({ sqs }, url, properties) =>
    sqs.createQueue(url.slice(url.lastIndexOf('/') + 1), properties),
  'AWS::Lambda::Function': ({ lambda }, name, properties: FunctionProperties & CodeProperties, assembly) => {
    lambda.createFunction(name, assembly.assetDirectory(properties.Code.S3Key), properties);
  },
  'AWS::StepFunctions::StateMachine': ({ stepFunctions }, arn, properties) => {
    stepFunctions.createStateMachine(arn, properties);
  },
  'AWS::Lambda::EventSourceMapping': async (services, _, properties: EventSourceMappingProperties) => {
    const { sqs, invokeFunction, faults, eventSourceMappings } = services;
    const QueueName = properties.EventSourceArn.split(':')[5];
    const { QueueUrl } = await sqs.perform<{ QueueUrl: string }>('GetQueueUrl', { QueueName });
    const perform: PerformSqs = async (action, input) => {
      await faults.apply(`sqs:${action}`);
      return sqs.perform(action, input);
    };
    const options = { queueUrl: QueueUrl, sqs: perform, invokeFunction, faults };
    eventSourceMappings.push(new EventSourceMapping(properties, options));
  },
};

/** In ms: long enough for a function to have begun, too short for it to have ended. */
const KILL_DELAY = 5;

interface CodeProperties {
  readonly Code: { readonly S3Key: string };
}

/** Resources that need nothing of the local cloud: who may do what, who is told, what is kept of it. */
const WITHOUT_LOCAL_MEANING = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Cognito::IdentityPool',
  'AWS::Cognito::IdentityPoolRoleAttachment',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::SNS::Topic',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
]);

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

  /** Every execution so far, oldest first. */
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
      gateway.serve(routesTo(services));
      for (const mapping of services.eventSourceMappings) mapping.start();
      return new LocalCloud(gateway, services, outputsOf(assembly, resolver));
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

async function startServices(gateway: Gateway, queueTimeScale?: number): Promise<Services> {
  const lambda = new Lambda(gateway.port);
  const sqs = await Sqs.start({ port: gateway.port, timeScale: queueTimeScale });
  const dynamodb = new DynamoDb();
  const invokeFunction = async (functionName: string, payload: string) => {
    await faults.apply('lambda:InvokeFunction');
    const invocation = lambda.invoke(functionName, payload);
    if (faults.happens('local:KillFunction')) setTimeout(() => lambda.kill(functionName), KILL_DELAY);
    return invocation;
  };
  const cognito = await Cognito.start({
    invokeFunction: async (functionArn, payload) => {
      if (faults.happens('local:DeliverTriggerTwice'))
        void invokeFunction(functionArn, payload).catch(() => {});
      return invokeFunction(functionArn, payload);
    },
    issuerDomain: gateway.endpoint,
  });
  const stepFunctions: StepFunctions = new StepFunctions(
    taskResources({
      invokeFunction,
      sendMessage: async (parameters) => {
        await faults.apply('sqs:SendMessage');
        return sqs.perform('SendMessage', parameters);
      },
      startExecution: async (parameters) => {
        await faults.apply('states:StartExecution');
        return stepFunctions.startExecution(parameters);
      },
    }),
  );
  const actions = [cognito, dynamodb, sqs, stepFunctions].flatMap(({ prefix, actions: names }) => {
    return names.map((name) => `${prefix}:${name}`);
  });
  const faults = new Faults([...actions, 'lambda:InvokeFunction']);
  return { cognito, dynamodb, eventSourceMappings: [], faults, invokeFunction, lambda, sqs, stepFunctions };
}

function routesTo(services: Services): GatewayRoutes {
  const { cognito, dynamodb, faults, lambda, sqs, stepFunctions } = services;
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
    jwks: cognito.jwks,
  };
}

async function provision(
  assembly: CloudAssembly,
  resolver: TemplateResolver,
  services: Services,
): Promise<void> {
  const resources = Object.entries(assembly.template.Resources);
  for (const [logicalId, { Type }] of resources) {
    if (Type in PROVISIONERS || WITHOUT_LOCAL_MEANING.has(Type)) continue;
    throw new Error(`the local cloud does not know the resource ${logicalId} of type ${Type}`);
  }
  for (const [type, create] of Object.entries(PROVISIONERS)) {
    for (const [logicalId, { Type, Properties = {} }] of resources) {
      if (Type !== type) continue;
      await create(
        services,
        resolver.identityOf(logicalId).ref,
        resolver.resolve(Properties) as never,
        assembly,
      );
    }
  }
}

function outputsOf(assembly: CloudAssembly, resolver: TemplateResolver): Record<string, string> {
  const outputs = Object.entries(assembly.template.Outputs ?? {});
  return Object.fromEntries(outputs.map(([name, { Value }]) => [name, String(resolver.resolve(Value))]));
}
