import type { ResourceTypes } from './aws/resource-type';
import { COGNITO_RESOURCES } from './cognito/resources';
import { COGNITO_IDENTITY_RESOURCES } from './cognito-identity/resources';
import { DYNAMODB_RESOURCES } from './dynamodb/resources';
import { EVENTS_RESOURCES } from './events/resources';
import { IAM_RESOURCES } from './iam/resources';
import { INERT_RESOURCES } from './inert/resources';
import { LAMBDA_RESOURCES } from './lambda/resources';
import { SCHEDULER_RESOURCES } from './scheduler/resources';
import type { Services } from './services';
import { SQS_RESOURCES } from './sqs/resources';
import { STEP_FUNCTIONS_RESOURCES } from './step-functions/resources';

/** Every CloudFormation type that the local cloud plays. */
export const RESOURCE_TYPES: ResourceTypes<Services> = {
  ...COGNITO_RESOURCES,
  ...COGNITO_IDENTITY_RESOURCES,
  ...DYNAMODB_RESOURCES,
  ...EVENTS_RESOURCES,
  ...IAM_RESOURCES,
  ...INERT_RESOURCES,
  ...LAMBDA_RESOURCES,
  ...SCHEDULER_RESOURCES,
  ...SQS_RESOURCES,
  ...STEP_FUNCTIONS_RESOURCES,
};
