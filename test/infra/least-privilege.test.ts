import { Template } from 'aws-cdk-lib/assertions';
import { synthesizedStack } from '../support/stack';

interface Statement {
  readonly Action: string | string[];
  readonly Effect: string;
  readonly Resource: unknown;
}

const template = Template.fromStack(synthesizedStack());
const roles = Object.keys(template.findResources('AWS::IAM::Role'));

function statementsOf(roleName: string): Statement[] {
  const role = roles.find((logicalId) => logicalId.startsWith(roleName));
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** `action → resource`, with the generated part of logical ids left out. */
function permissionsOf(roleName: string): string[] {
  return statementsOf(roleName)
    .flatMap(({ Action, Resource }) => {
      return [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((resource) => `${action} → ${nameOf(resource)}`));
    })
    .sort();
}

function nameOf(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::GetAtt': getAtt } = resource as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return (Ref ?? getAtt?.join('.') ?? JSON.stringify(resource))
    .replace(/[0-9A-F]{8}/, '')
    .replace(/^Onboarding/, '');
}

// AWS defines no resource for these actions: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
].map((action) => `${action} → *`);

// AWS defines none for these either: https://docs.aws.amazon.com/xray/latest/devguide/security_iam_service-with-iam.html
const TRACING = ['xray:PutTelemetryRecords → *', 'xray:PutTraceSegments → *'];
const SAMPLING = ['xray:GetSamplingRules → *', 'xray:GetSamplingTargets → *'];

const logging = (name: string) => [
  `logs:CreateLogStream → ${name}FunctionLogs.Arn`,
  `logs:PutLogEvents → ${name}FunctionLogs.Arn`,
];

test.each<[string, string[]]>([
  ['PostConfirmation', ['states:StartSyncExecution → StateMachine', 'sqs:SendMessage → RetryQueue.Arn']],
  ['AddUserToGroup', ['cognito-idp:AdminAddUserToGroup → UsersUserPool.Arn']],
  ['PutUserRecord', ['dynamodb:PutItem → Table.Arn']],
  [
    'RetryOnboarding',
    [
      'states:StartSyncExecution → StateMachine',
      'cognito-idp:AdminGetUser → UsersUserPool.Arn',
      'sqs:ReceiveMessage → RetryQueue.Arn',
      'sqs:DeleteMessage → RetryQueue.Arn',
      'sqs:GetQueueAttributes → RetryQueue.Arn',
      'sqs:ChangeMessageVisibility → RetryQueue.Arn',
      'sqs:SendMessage → RetryDeadLetterQueue.Arn',
      'dynamodb:GetItem → Table.Arn',
    ],
  ],
  ['ReconciliationCheckTrigger', ['cognito-idp:DescribeUserPool → UsersUserPool.Arn']],
  [
    'ReconciliationReconcileUsers',
    [
      'cognito-idp:ListUsers → UsersUserPool.Arn',
      'cognito-idp:AdminListGroupsForUser → UsersUserPool.Arn',
      'dynamodb:BatchGetItem → Table.Arn',
      'sqs:SendMessage → RetryQueue.Arn',
      'sqs:GetQueueAttributes → RetryQueue.Arn',
    ],
  ],
])('%s may do exactly this', (name, permissions) => {
  const expected = [...permissions, ...logging(name), ...TRACING].sort();

  expect(permissionsOf(`Onboarding${name}FunctionRole`)).toEqual(expected);
});

test('the onboarding may do exactly this', () => {
  expect(permissionsOf('OnboardingStateMachineRole')).toEqual(
    [
      'lambda:InvokeFunction → AddUserToGroupFunction.Arn',
      'lambda:InvokeFunction → PutUserRecordFunction.Arn',
      'sqs:SendMessage → RetryQueue.Arn',
      ...LOG_DELIVERY,
      ...TRACING,
      ...SAMPLING,
    ].sort(),
  );
});

test('the reconciliation may do exactly this, and continue itself', () => {
  expect(permissionsOf('OnboardingReconciliationStateMachineRole')).toEqual(
    [
      'lambda:InvokeFunction → ReconciliationCheckTriggerFunction.Arn',
      'lambda:InvokeFunction → ReconciliationReconcileUsersFunction.Arn',
      'states:StartExecution → ReconciliationStateMachine',
      ...LOG_DELIVERY,
      ...TRACING,
      ...SAMPLING,
    ].sort(),
  );
});

test('the schedule may start the reconciliation', () => {
  expect(permissionsOf('SchedulerRoleForTarget')).toEqual([
    'states:StartExecution → ReconciliationStateMachine',
  ]);
});

test('a member of the group may read their record', () => {
  expect(permissionsOf('OnboardingMembersRole')).toEqual(['dynamodb:GetItem → Table.Arn']);
});

test('no role has any other managed or inline policy', () => {
  for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
    expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(Properties).not.toHaveProperty('Policies');
  }
  expect(roles).toHaveLength(10);
});
