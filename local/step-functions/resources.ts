import { arn, nameInArn } from '../aws/environment';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { Iam } from '../iam/iam';
import type { StateMachineProperties } from './state-machine';
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
  { ref, properties, environment }: Resource<StateMachineProperties>,
): void {
  const context = {
    'aws:requestedregion': environment.region,
    'aws:sourcearn': ref,
    'aws:sourceaccount': environment.account,
  };
  const role = iam.assume(properties.RoleArn, 'states.amazonaws.com', nameInArn(ref), context);
  stepFunctions.createStateMachine(ref, properties, role);
}
