import type { Template, TemplateResource } from '../../../local/aws/template';
import { CloudAssembly } from '../../../local/cloudformation/cloud-assembly';
import { LocalCloud } from '../../../local/local-cloud';
import { grantsOf, withoutGrant } from '../../support/grants';

const start = async (edit: (template: Template) => Template): Promise<number> => {
  const assembly = new CloudAssembly(process.env.TEST_CLOUD_ASSEMBLY as string);
  for (const stack of assembly.stacks) Object.assign(stack, { template: edit(stack.template) });
  const cloud = await LocalCloud.start({ assembly, port: 0 });
  const { status } = await fetch(`${cloud.endpoint}/_local/iam`);
  await cloud.close();
  return status;
};

const without = (role: string, action: string) => (template: Template) => {
  const grant = grantsOf(template).find((candidate) => {
    return candidate.role.includes(role) && candidate.action === action;
  });
  if (!grant) throw new Error(`${role} has no ${action}`);
  return withoutGrant(template, grant);
};

const withRole =
  (name: string, change: (properties: Record<string, unknown>) => void) => (template: Template) => {
    const [, role] = Object.entries(template.Resources).find(([logicalId, { Type }]) => {
      return Type === 'AWS::IAM::Role' && logicalId.includes(name);
    }) as [string, TemplateResource];
    change(role.Properties as Record<string, unknown>);
    return template;
  };

const withoutTrust = (name: string) => {
  return withRole(name, (properties) => {
    properties.AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [] };
  });
};

const withInline = (statement: Record<string, unknown>) => {
  return withRole('PostConfirmation', (properties) => {
    properties.Policies = [
      { PolicyName: 'Inline', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
    ];
  });
};

const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

test.each<[string, (template: Template) => Template, RegExp]>([
  [
    'a function whose role does not trust Lambda',
    withoutTrust('PostConfirmation'),
    /role arn:aws:iam::000000000000:role\/UserOnboarding-OnboardingPostConfirmation\w+: its trust policy does not let lambda\.amazonaws\.com assume it/,
  ],
  [
    'a state machine',
    withoutTrust('OnboardingStateMachine'),
    /does not let states\.amazonaws\.com assume it/,
  ],
  ['a schedule', withoutTrust('SchedulerRole'), /does not let scheduler\.amazonaws\.com assume it/],
  [
    'a schedule that may not start its target',
    without('SchedulerRole', 'states:StartExecution'),
    /its role UserOnboarding-SchedulerRole\w+ does not allow states:StartExecution on arn:aws:states:/,
  ],
  [
    'an event source mapping that may not poll',
    without('RetryOnboarding', 'sqs:GetQueueAttributes'),
    /the function execution role does not have permissions to call GetQueueAttributes on SQS/,
  ],
  [
    'a state machine that may not log',
    without('OnboardingStateMachine', 'logs:CreateLogDelivery'),
    /not authorized to access the Log Destination: \S+ does not allow logs:CreateLogDelivery on \*/,
  ],
  [
    'a condition operator that it does not know',
    withInline({ ...ALLOW_ALL, Sid: 'Dated', Condition: { DateLessThan: { 'aws:SourceArn': 'x' } } }),
    /^role UserOnboarding-OnboardingPostConfirmation\w+, policy Inline, statement Dated: the local cloud does not know the condition operator DateLessThan$/,
  ],
  [
    'a condition key that it does not know',
    withInline({ ...ALLOW_ALL, Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }),
    /policy Inline, statement 1: the local cloud does not know the condition key aws:SourceVpc$/,
  ],
  [
    'a statement about several services, one of which is asked',
    withInline({
      ...ALLOW_ALL,
      Action: ['s3:*', 'sqs:*'],
      Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } },
    }),
    /the local cloud does not know the condition key aws:CurrentTime/,
  ],
  [
    'a managed policy that it does not know',
    withRole('PostConfirmation', (properties) => {
      properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    }),
    /^role UserOnboarding-OnboardingPostConfirmation\w+: the local cloud does not know the managed policy arn:aws:iam::aws:policy\/AdministratorAccess$/,
  ],
  [
    'a permissions boundary',
    withRole('PostConfirmation', (properties) => {
      properties.PermissionsBoundary = 'arn:aws:iam::aws:policy/PowerUserAccess';
    }),
    /does not know permissions boundaries/,
  ],
])('refuses to start with %s', async (_, edit, message) => {
  await expect(start(edit)).rejects.toThrow(message);
});

test.each<[string, (template: Template) => Template]>([
  ['an inline policy', withInline(ALLOW_ALL)],
  [
    'the use of a key, which nothing here asks for',
    withInline({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: 'arn:aws:kms:us-east-1:000000000000:key/1',
      Condition: {
        StringEquals: {
          'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com',
          'kms:EncryptionContext:aws:states:stateMachineArn': 'arn:aws:states:us-east-1:000000000000:x',
        },
      },
    }),
  ],
  [
    'a statement about a service for which nobody asks here, whatever its condition',
    withInline({
      Effect: 'Allow',
      Action: ['s3:PutObject', 'ssm:GetParameter'],
      Resource: '*',
      Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
    }),
  ],
  [
    'a role that nobody takes on, whatever it holds',
    (template) => {
      const Statement = [{ ...ALLOW_ALL, Condition: { NumericLessThan: { 's3:max-keys': '10' } } }];
      const Policies = [{ PolicyName: 'Odd', PolicyDocument: { Version: '2012-10-17', Statement } }];
      const PermissionsBoundary = 'arn:aws:iam::aws:policy/PowerUserAccess';
      const Properties = { AssumeRolePolicyDocument: {}, Policies, PermissionsBoundary };
      return {
        ...template,
        Resources: { ...template.Resources, Odd: { Type: 'AWS::IAM::Role', Properties } },
      };
    },
  ],
  [
    'the managed policy that CDK attaches to functions',
    withRole('PostConfirmation', (properties) => {
      properties.ManagedPolicyArns = [
        {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
          ],
        },
      ];
    }),
  ],
])('starts with %s', async (_, edit) => {
  expect(await start(edit)).toBe(200);
});
