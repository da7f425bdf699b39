import type { CloudAssembly } from './cloud-assembly';
import { Cognito } from './cognito';
import { DynamoDb, type TableProperties } from './dynamodb';
import { Gateway } from './gateway';
import { type FunctionProperties, Lambda } from './lambda';
import { createLocalApi } from './local-api';
import { Sqs } from './sqs';
import { StepFunctions } from './step-functions';
import { taskResources } from './task-resources';
import { TemplateResolver } from './template-resolver';

/** What a local cloud is started with. */
export interface LocalCloudOptions {
  readonly assembly: CloudAssembly;
  /** 0 for any free one. */
  readonly port: number;
}

interface Services {
  readonly cognito: Cognito;
  readonly dynamodb: DynamoDb;
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
};

interface CodeProperties {
  readonly Code: { readonly S3Key: string };
}

/** Resources that need nothing of the local cloud: who may do what, who is told, what is kept of it. */
const WITHOUT_LOCAL_MEANING = new Set([
  'AWS::CDK::Metadata',
  'AWS::Cognito::IdentityPool',
  'AWS::Cognito::IdentityPoolRoleAttachment',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::SQS::QueuePolicy',
]);

/** A synthesized stack, running on this machine. */
export class LocalCloud {
  private constructor(
    private readonly gateway: Gateway,
    private readonly lambda: Lambda,
    /** The stack's outputs. */
    readonly outputs: Record<string, string>,
  ) {}

  /** Where SDKs, the AWS CLI and browsers find it. */
  get endpoint(): string {
    return this.gateway.endpoint;
  }

  /** @throws Error naming a resource or a property that the local cloud does not know. */
  static async start({ assembly, port }: LocalCloudOptions): Promise<LocalCloud> {
    const gateway = await Gateway.listen(port);
    try {
      const services = await startServices(gateway);
      const { cognito, dynamodb, lambda, sqs, stepFunctions } = services;
      const resolver = new TemplateResolver(assembly.template, assembly.stackName, gateway.port);
      await provision(assembly, resolver, services);
      gateway.serve({
        services: {
          AWSCognitoIdentityProviderService: cognito.service,
          DynamoDB_20120810: dynamodb.service,
          AmazonSQS: sqs.service,
          AWSStepFunctions: stepFunctions.service,
        },
        invoke: (name, headers, body) => lambda.handleInvoke(name, headers, body),
        local: createLocalApi(services),
        jwks: cognito.jwks,
      });
      return new LocalCloud(gateway, lambda, outputsOf(assembly, resolver));
    } catch (error) {
      await gateway.close();
      throw error;
    }
  }

  /** Ends the functions' processes and closes the endpoint. */
  async close(): Promise<void> {
    this.lambda.close();
    await this.gateway.close();
  }
}

async function startServices(gateway: Gateway): Promise<Services> {
  const lambda = new Lambda(gateway.port);
  const sqs = await Sqs.start(gateway.port);
  const cognito = await Cognito.start({
    invokeFunction: (functionArn, payload) => lambda.invoke(functionArn, payload),
    issuerDomain: gateway.endpoint,
  });
  const sendMessage = (parameters: unknown) => sqs.call('SendMessage', parameters);
  const stepFunctions = new StepFunctions(taskResources(lambda, sendMessage));
  return { cognito, dynamodb: new DynamoDb(), lambda, sqs, stepFunctions };
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
