import type { Random } from '../clock/random';
import type { FaultTemplate } from './fault';

/** The errors that the services answer, by their actions. */
export const ERRORS: Readonly<Record<string, readonly string[]>> = {
  'cognito-idp:AdminAddUserToGroup': [
    'TooManyRequestsException',
    'InternalErrorException',
    'LimitExceededException',
    'AccessDeniedException',
    'ResourceNotFoundException',
  ],
  'cognito-idp:ListUsers': ['TooManyRequestsException', 'InternalErrorException', 'AccessDeniedException'],
  'cognito-idp:DescribeUserPool': ['TooManyRequestsException', 'AccessDeniedException'],
  'cognito-idp:UpdateUserPool': [
    'ConcurrentModificationException',
    'TooManyRequestsException',
    'InternalErrorException',
    'AccessDeniedException',
  ],
  'cognito-idp:AdminListGroupsForUser': [
    'TooManyRequestsException',
    'InternalErrorException',
    'AccessDeniedException',
  ],
  'cognito-idp:AdminGetUser': ['TooManyRequestsException', 'InternalErrorException', 'AccessDeniedException'],
  'dynamodb:PutItem': [
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'InternalServerError',
    'TransactionConflictException',
    'ResourceNotFoundException',
    'AccessDeniedException',
  ],
  'dynamodb:UpdateItem': [
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'InternalServerError',
    'TransactionConflictException',
    'AccessDeniedException',
  ],
  'dynamodb:GetItem': ['ThrottlingException', 'InternalServerError', 'AccessDeniedException'],
  'dynamodb:BatchGetItem': ['ThrottlingException', 'InternalServerError', 'ResourceNotFoundException'],
  'states:StartSyncExecution': ['ThrottlingException', 'ServiceUnavailable', 'AccessDeniedException'],
  'states:StartExecution': ['ThrottlingException', 'InternalServerError'],
  'lambda:InvokeFunction': ['TooManyRequestsException', 'ServiceException', 'AccessDeniedException'],
  'sqs:SendMessage': ['ThrottlingException', 'QueueDoesNotExist', 'AccessDenied'],
  'sqs:SendMessageBatch': ['ThrottlingException'],
  'sqs:ReceiveMessage': ['OverLimit', 'ThrottlingException'],
  'sqs:DeleteMessage': ['ThrottlingException', 'InternalError'],
  'sqs:ChangeMessageVisibility': ['ThrottlingException'],
  'sqs:GetQueueAttributes': ['ThrottlingException'],
  'events:PutEvents': ['InternalException', 'ThrottlingException', 'AccessDeniedException'],
};

/** Why Lambda does not start a function. */
const REFUSALS = ['TooManyRequestsException', 'ServiceException'];

/** Lambda refuses to start the function of a folder. */
export function refusalOf(random: Random, folder: string): FaultTemplate {
  return { kind: 'invocation refused', on: folder, error: random.pick(REFUSALS) };
}

/** One of the errors of an action. */
export function errorOn(random: Random, on: string): FaultTemplate {
  return { kind: 'error', on, error: random.pick(ERRORS[on] as readonly string[]) };
}
