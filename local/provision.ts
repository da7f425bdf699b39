import { ACCOUNT, nameInArn } from './aws/environment';
import type { CloudAssembly } from './cloudformation/cloud-assembly';
import type { TemplateResolver } from './cloudformation/template-resolver';
import type { TableProperties } from './dynamodb/dynamodb';
import {
  assertMayPoll,
  EventSourceMapping,
  type EventSourceMappingProperties,
} from './lambda/event-source-mapping';
import type { FunctionProperties } from './lambda/lambda';
import { assertMayStart, type ScheduleProperties } from './scheduler/schedule';
import type { Services } from './services';
import type { PerformSqs } from './sqs/message-move-tasks';
import type { StateMachineProperties } from './step-functions/state-machine';

interface CodeProperties {
  readonly Code: { readonly S3Key: string };
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
  'AWS::Cognito::IdentityPool': ({ cognitoIdentity }, id, properties) =>
    cognitoIdentity.createIdentityPool(id, properties),
  'AWS::Cognito::IdentityPoolRoleAttachment': ({ cognitoIdentity }, _, properties) =>
    cognitoIdentity.attachRoles(properties),
  'AWS::Cognito::IdentityPoolPrincipalTag': ({ cognitoIdentity }, _, properties) =>
    cognitoIdentity.mapPrincipalTags(properties),
  'AWS::DynamoDB::Table': ({ dynamodb }, name, properties) => dynamodb.createTable(name, properties),
  'AWS::DynamoDB::GlobalTable': ({ dynamodb }, name, properties: TableProperties) =>
    dynamodb.createTable(name, properties),
  'AWS::SQS::Queue': ({ sqs }, url, properties) =>
    sqs.createQueue(url.slice(url.lastIndexOf('/') + 1), properties),
  'AWS::Lambda::Function': (
    { iam, lambda },
    name,
    properties: FunctionProperties & CodeProperties,
    assembly,
  ) => {
    const role = iam.assume(properties.Role, 'lambda.amazonaws.com', name);
    lambda.createFunction(name, assembly.assetDirectory(properties.Code.S3Key), properties, role);
  },
  'AWS::StepFunctions::StateMachine': ({ iam, stepFunctions }, arn, properties: StateMachineProperties) => {
    const context = { 'aws:sourcearn': arn, 'aws:sourceaccount': ACCOUNT };
    const name = nameInArn(arn);
    const role = iam.assume(properties.RoleArn, 'states.amazonaws.com', name, context);
    stepFunctions.createStateMachine(arn, properties, role);
  },
  'AWS::Lambda::EventSourceMapping': async (services, _, properties: EventSourceMappingProperties) => {
    const { sqs, iam, lambda, invokeFunction, faults, eventSourceMappings } = services;
    const role = lambda.roleOf(properties.FunctionName);
    assertMayPoll(role, properties);
    const QueueName = properties.EventSourceArn.split(':')[5];
    const { QueueUrl } = await sqs.perform<{ QueueUrl: string }>('GetQueueUrl', { QueueName });
    const perform: PerformSqs = async (action, input) => {
      iam.authorize(role, 'sqs', action, input);
      await faults.apply(`sqs:${action}`);
      return sqs.perform(action, input);
    };
    const log = (line: string) => lambda.log(properties.FunctionName, line);
    const options = { queueUrl: QueueUrl, sqs: perform, invokeFunction, faults, log };
    eventSourceMappings.push(new EventSourceMapping(properties, options));
  },
  'AWS::Scheduler::Schedule': ({ iam }, name, { GroupName, Target }: ScheduleProperties) => {
    assertMayStart(iam, name, Target, GroupName);
  },
};

/** Resources that need nothing of the local cloud, or that IAM reads itself. */
const WITHOUT_LOCAL_MEANING = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::SNS::Topic',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SQS::QueuePolicy',
]);

/** Whether a function answers for a resource of this type, instead of CloudFormation. */
export function isCustomResource(type: string): boolean {
  return type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');
}

/**
 * Creates the resources of a template but for the custom ones.
 *
 * @param created receives the logical id of each as soon as it is there.
 * @throws Error naming a resource that the local cloud does not know, or cannot create.
 */
export async function provision(
  assembly: CloudAssembly,
  resolver: TemplateResolver,
  services: Services,
  created: Set<string>,
): Promise<void> {
  services.iam.load(assembly.template, resolver);
  const resources = Object.entries(assembly.template.Resources);
  for (const [logicalId, { Type }] of resources) {
    if (Type in PROVISIONERS || WITHOUT_LOCAL_MEANING.has(Type) || isCustomResource(Type)) continue;
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
      created.add(logicalId);
    }
  }
}
