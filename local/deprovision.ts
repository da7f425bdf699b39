import type { CloudAssembly } from './cloudformation/cloud-assembly';
import type { TemplateResolver } from './cloudformation/template-resolver';
import type { Services } from './services';

type Deprovision = (services: Services, name: string, properties: never) => unknown;

/** How each type of resource ends; what is in a user pool or polls a queue ends with it. */
const DEPROVISIONERS: Record<string, Deprovision> = {
  'AWS::Lambda::EventSourceMapping': ({ eventSourceMappings }) => {
    for (const mapping of eventSourceMappings.splice(0)) mapping.stop();
  },
  'AWS::StepFunctions::StateMachine': ({ stepFunctions }, arn) => stepFunctions.deleteStateMachine(arn),
  'AWS::Lambda::Function': ({ lambda }, name) => lambda.deleteFunction(name),
  'AWS::SQS::Queue': ({ sqs }, QueueUrl) => sqs.perform('DeleteQueue', { QueueUrl }),
  'AWS::DynamoDB::Table': ({ dynamodb }, name) => dynamodb.deleteTable(name),
  'AWS::DynamoDB::GlobalTable': ({ dynamodb }, name) => dynamodb.deleteTable(name),
  'AWS::Cognito::UserPoolGroup': ({ cognito }, GroupName, { UserPoolId }: { UserPoolId: string }) =>
    cognito.perform('DeleteGroup', { UserPoolId, GroupName }),
  'AWS::Cognito::UserPoolClient': ({ cognito }, ClientId, { UserPoolId }: { UserPoolId: string }) =>
    cognito.perform('DeleteUserPoolClient', { UserPoolId, ClientId }),
  'AWS::Cognito::UserPool': ({ cognito }, UserPoolId) => cognito.perform('DeleteUserPool', { UserPoolId }),
};

/**
 * Deletes the resources of a template but for those that it retains.
 *
 * @param created logical ids of what is there; loses each as soon as it is deleted or retained.
 * @param isRollback whether the stack could not be created, so that even `RetainExceptOnCreate` does not retain.
 */
export async function deprovision(
  { template }: CloudAssembly,
  resolver: TemplateResolver,
  services: Services,
  created: Set<string>,
  isRollback: boolean,
): Promise<void> {
  const retaining = isRollback ? ['Retain'] : ['Retain', 'RetainExceptOnCreate'];
  for (const [type, remove] of Object.entries(DEPROVISIONERS)) {
    for (const [logicalId, { Type, Properties = {}, DeletionPolicy = 'Delete' }] of Object.entries(
      template.Resources,
    )) {
      if (Type !== type || !created.has(logicalId)) continue;
      if (!retaining.includes(DeletionPolicy))
        await remove(services, resolver.identityOf(logicalId).ref, resolver.resolve(Properties) as never);
      created.delete(logicalId);
    }
  }
}
