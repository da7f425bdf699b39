import type { ResourceType, ResourceTypes } from './aws/resource-type';
import { isCustomResource } from './cloudformation/stack-resource';
import { CLOUDWATCH_RESOURCES } from './cloudwatch/resources';
import { COGNITO_RESOURCES } from './cognito/resources';
import { COGNITO_IDENTITY_RESOURCES } from './cognito-identity/resources';
import { DYNAMODB_RESOURCES } from './dynamodb/resources';
import { EVENTS_RESOURCES } from './events/resources';
import { IAM_RESOURCES } from './iam/resources';
import { identifyGenerically, inertType } from './inert/generic';
import { CROSS_REGION_RESOURCES, INERT_RESOURCES, SILENT_RESOURCES } from './inert/resources';
import { LAMBDA_RESOURCES } from './lambda/resources';
import { LOGS_RESOURCES } from './logs/resources';
import { SCHEDULER_RESOURCES } from './scheduler/resources';
import type { Services } from './services';
import { SQS_RESOURCES } from './sqs/resources';
import { STEP_FUNCTIONS_RESOURCES } from './step-functions/resources';

/** Every CloudFormation type that the local cloud knows. */
const RESOURCE_TYPES: ResourceTypes<Services> = {
  ...CLOUDWATCH_RESOURCES,
  ...COGNITO_RESOURCES,
  ...COGNITO_IDENTITY_RESOURCES,
  ...CROSS_REGION_RESOURCES,
  ...DYNAMODB_RESOURCES,
  ...EVENTS_RESOURCES,
  ...IAM_RESOURCES,
  ...INERT_RESOURCES,
  ...LAMBDA_RESOURCES,
  ...LOGS_RESOURCES,
  ...SCHEDULER_RESOURCES,
  ...SILENT_RESOURCES,
  ...SQS_RESOURCES,
  ...STEP_FUNCTIONS_RESOURCES,
};

/** The type of a resource, by its name in templates. A type that the local cloud does not know is inert. */
export function resourceTypeOf(name: string): ResourceType<Services> {
  const known = Object.hasOwn(RESOURCE_TYPES, name) ? RESOURCE_TYPES[name] : undefined;
  if (known) return { identify: identifyGenerically(name), ...known };
  return isCustomResource(name) ? {} : inertType(name);
}
