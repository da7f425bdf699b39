import { AwsError, type Input } from '../aws/api';
import { arn, type Environment } from '../aws/environment';
import { eventBusArn } from '../aws/event-bus';
import { queueNameOf } from '../aws/queue-name';
import { leadingKeysOf } from './leading-keys';
import type { AccessRequest } from './policies/statements';

/** Finds the partition key of a table. It is needed to know which items a call is about. */
export type PartitionKeyOf = (tableName: string) => string | undefined;

/** An access for which a call needs permission. */
type NeededAccess = Pick<AccessRequest, 'action' | 'resource'> & Partial<AccessRequest>;

/**
 * Actions for which Cognito needs no IAM permission, because their callers are users.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
 */
const USER_ACTIONS = new Set(
  `AssociateSoftwareToken ChangePassword ConfirmForgotPassword ConfirmSignUp DeleteUser DeleteUserAttributes
  ForgotPassword GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GlobalSignOut
  InitiateAuth ResendConfirmationCode RespondToAuthChallenge RevokeToken SetUserMFAPreference SignUp
  UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute`.split(/\s+/),
);

const ITEM_ACTIONS = ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];
const TABLE_ACTIONS = ['CreateTable', 'DeleteTable', 'DescribeTable'];
const EXECUTION_ACTIONS = ['DescribeExecution', 'GetExecutionHistory', 'StopExecution'];
const STATE_MACHINE_ACTIONS = [
  'DescribeStateMachine',
  'ListExecutions',
  'StartExecution',
  'StartSyncExecution',
];

/**
 * The permissions that a call needs, as AWS's service authorization reference defines them.
 *
 * @param environment where the resources are that the call names without an ARN.
 * @throws AwsError AccessDeniedException for a call whose permissions the local cloud does not know.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export function neededAccess(
  prefix: string,
  action: string,
  input: Input,
  partitionKeyOf: PartitionKeyOf,
  environment: Environment,
): NeededAccess[] {
  const accessOf = Object.hasOwn(SERVICES, prefix) ? SERVICES[prefix] : undefined;
  const needed = accessOf?.(action, input, { partitionKeyOf, environment });
  if (needed) return needed;
  throw new AwsError(
    'AccessDeniedException',
    `the local cloud does not know which permissions ${prefix}:${action} needs, so no role may call it`,
  );
}

type ServiceAccess = (action: string, input: Input, context: CallContext) => NeededAccess[] | undefined;

interface CallContext {
  readonly partitionKeyOf: PartitionKeyOf;
  readonly environment: Environment;
}

const SERVICES: Record<string, ServiceAccess> = {
  // Whatever names the call has, CloudWatch asks for all alarms.
  cloudwatch: (action, _, { environment }) => [
    { action: `cloudwatch:${action}`, resource: arn('cloudwatch', 'alarm:*', environment) },
  ],
  'cognito-identity': () => [],
  'cognito-idp': (action, { UserPoolId }, { environment }) => {
    if (USER_ACTIONS.has(action)) return [];
    const isOfPool = typeof UserPoolId === 'string';
    const resource = isOfPool ? arn('cognito-idp', `userpool/${UserPoolId}`, environment) : '*';
    return isOfPool || ['CreateUserPool', 'ListUserPools'].includes(action)
      ? [{ action: `cognito-idp:${action}`, resource }]
      : undefined;
  },
  dynamodb: (action, input, context) => {
    if (action === 'ListTables') return [{ action: 'dynamodb:ListTables', resource: '*' }];
    if (action === 'BatchGetItem' || action === 'BatchWriteItem') {
      return Object.entries(input.RequestItems ?? {}).map(([table, items]) => {
        return itemAccess(action, table, items, context);
      });
    }
    if (TABLE_ACTIONS.includes(action))
      return [{ action: `dynamodb:${action}`, resource: tableArn(input, context) }];
    // The partition key of an index is not known here.
    if (!ITEM_ACTIONS.includes(action) || input.IndexName !== undefined) return undefined;
    return [itemAccess(action, String(input.TableName), input, context)];
  },
  events: (action, { Entries = [] }, { environment }) => {
    const buses = new Set(
      (Entries as { EventBusName?: string }[]).map((entry) => eventBusArn(entry.EventBusName, environment)),
    );
    return action === 'PutEvents'
      ? [...buses].map((resource) => ({ action: 'events:PutEvents', resource }))
      : undefined;
  },
  lambda: (action, { FunctionArn, FunctionName }, { environment }) => {
    if (action === 'ListEventSourceMappings') return [{ action: `lambda:${action}`, resource: '*' }];
    const name = String(FunctionArn ?? FunctionName);
    const resource = name.startsWith('arn:') ? name : arn('lambda', `function:${name}`, environment);
    return [{ action: `lambda:${action}`, resource }];
  },
  logs: (action, { logGroupName }, { environment }) => [
    {
      action: `logs:${action}`,
      resource: arn('logs', `log-group:${logGroupName}:log-stream:`, environment),
    },
  ],
  scheduler: (action, { GroupName = 'default', Name }, { environment }) => [
    {
      action: `scheduler:${action}`,
      resource: arn('scheduler', `schedule/${GroupName}/${Name}`, environment),
    },
  ],
  sqs: (action, input, { environment }) => {
    if (action === 'ListQueues') return [{ action: 'sqs:ListQueues', resource: '*' }];
    const name = queueNameOf(action, input);
    // Batches have no permissions of their own.
    return name
      ? [{ action: `sqs:${action.replace(/Batch$/, '')}`, resource: arn('sqs', name, environment) }]
      : undefined;
  },
  states: (action, { stateMachineArn, executionArn }) => {
    if (action === 'ListStateMachines') return [{ action: 'states:ListStateMachines', resource: '*' }];
    if (STATE_MACHINE_ACTIONS.includes(action))
      return [{ action: `states:${action}`, resource: String(stateMachineArn) }];
    if (EXECUTION_ACTIONS.includes(action))
      return [{ action: `states:${action}`, resource: String(executionArn) }];
    return undefined;
  },
};

function itemAccess(action: string, table: string, items: unknown, context: CallContext): NeededAccess {
  const resource = tableArn({ TableName: table }, context);
  const partitionKey = context.partitionKeyOf(resource.split('/')[1] ?? '');
  const leadingKeys =
    partitionKey === undefined ? undefined : leadingKeysOf(action, items as Input, partitionKey);
  return {
    action: `dynamodb:${action}`,
    resource,
    ...(leadingKeys && { context: { 'dynamodb:leadingkeys': leadingKeys } }),
  };
}

/** DynamoDB also accepts a table's ARN as its name. */
function tableArn({ TableName }: Input, { environment }: CallContext): string {
  const name = String(TableName);
  return name.startsWith('arn:aws:dynamodb:') ? name : arn('dynamodb', `table/${name}`, environment);
}
