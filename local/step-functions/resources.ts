import { readFileSync } from 'node:fs';
import { arn, nameInArn } from '../aws/environment';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { Iam } from '../iam/iam';
import { STATE_MACHINE } from './properties';
import type { StateMachineProperties } from './state-machine-properties';
import type { StepFunctions } from './step-functions';

interface StepFunctionsServices {
  readonly iam: Iam;
  readonly stepFunctions: StepFunctions;
}

/** The types of Step Functions. */
export const STEP_FUNCTIONS_RESOURCES: ResourceTypes<StepFunctionsServices> = {
  'AWS::StepFunctions::StateMachine': {
    nameProperty: 'StateMachineName',
    maxNameLength: 80,
    properties: STATE_MACHINE,
    identify: ({ name, environment }) => {
      const stateMachineArn = arn('states', `stateMachine:${name}`, environment);
      return { ref: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name } };
    },
    create: createStateMachine,
    // Executions that run keep their definition, as on AWS.
    update: (services, resource: Resource<StateMachineProperties>, hasNewProperties) => {
      if (hasNewProperties) createStateMachine(services, resource);
      return hasNewProperties;
    },
    delete: ({ stepFunctions }, { ref }) => stepFunctions.deleteStateMachine(ref),
  },
};

function createStateMachine(
  { iam, stepFunctions }: StepFunctionsServices,
  { ref, properties, environment, assetPath }: Resource<StateMachineProperties>,
): void {
  const context = {
    'aws:requestedregion': environment.region,
    'aws:sourcearn': ref,
    'aws:sourceaccount': environment.account,
  };
  const role = iam.assume(properties.RoleArn, 'states.amazonaws.com', nameInArn(ref), context);
  const DefinitionString = definitionOf(properties, assetPath);
  stepFunctions.createStateMachine(ref, { ...properties, DefinitionString }, role);
}

/** A template has the definition as text, as an object, or as a file. */
function definitionOf(
  { DefinitionString, Definition, DefinitionS3Location }: StateMachineProperties,
  assetPath: Resource['assetPath'],
): string {
  if (DefinitionS3Location) return readFileSync(assetPath(DefinitionS3Location.Key), 'utf8');
  return Definition ? JSON.stringify(Definition) : DefinitionString;
}
