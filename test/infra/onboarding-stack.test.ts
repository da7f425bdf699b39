import { Match, Template } from 'aws-cdk-lib/assertions';
import { retryDelay } from '../../functions/retry-onboarding/retry-delay';
import { synthesizedStack } from '../support/stack';

const template = Template.fromStack(synthesizedStack());

test('signs users up by e-mail, with a code, and a strong password', () => {
  template.hasResource('AWS::Cognito::UserPool', {
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      AutoVerifiedAttributes: ['email'],
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      VerificationMessageTemplate: Match.objectLike({ DefaultEmailOption: 'CONFIRM_WITH_CODE' }),
      Policies: {
        PasswordPolicy: Match.objectLike({
          MinimumLength: 12,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
        }),
      },
    },
  });
});

test('gives the app client no OAuth flow and no way to find out who has an account', () => {
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    AllowedOAuthFlowsUserPoolClient: false,
    AllowedOAuthFlows: Match.absent(),
    CallbackURLs: Match.absent(),
    GenerateSecret: Match.absent(),
    PreventUserExistenceErrors: 'ENABLED',
  });
});

test('lets the user pools of this account and region invoke the trigger, so that the pool can wait for it', () => {
  const trigger = { 'Fn::GetAtt': [Match.stringLikeRegexp('PostConfirmationFunction'), 'Arn'] };
  template.hasResourceProperties('AWS::Cognito::UserPool', { LambdaConfig: { PostConfirmation: trigger } });
  template.resourceCountIs('AWS::Lambda::Permission', 1);
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: trigger,
    Principal: 'cognito-idp.amazonaws.com',
    SourceArn: {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':cognito-idp:',
          { Ref: 'AWS::Region' },
          ':',
          { Ref: 'AWS::AccountId' },
          ':userpool/*',
        ],
      ],
    },
    SourceAccount: { Ref: 'AWS::AccountId' },
  });
});

test("gives the group a role that only signed-in users of the identity pool can take, by their token's claim", () => {
  template.hasResourceProperties('AWS::Cognito::UserPoolGroup', {
    GroupName: 'users',
    RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('MembersRole'), 'Arn'] },
  });
  template.hasResourceProperties('AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities: false });
  template.hasResourceProperties('AWS::Cognito::IdentityPoolRoleAttachment', {
    Roles: {},
    RoleMappings: { userPool: Match.objectLike({ Type: 'Token', AmbiguousRoleResolution: 'Deny' }) },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: Match.objectLike({
      Statement: [
        {
          Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
          Effect: 'Allow',
          Principal: { Federated: 'cognito-identity.amazonaws.com' },
          Condition: {
            StringEquals: {
              'cognito-identity.amazonaws.com:aud': { Ref: Match.stringLikeRegexp('IdentityPool') },
            },
            'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
          },
        },
      ],
    }),
  });
});

test('lets a member read the record of the sub in their token, and no other', () => {
  template.hasResourceProperties('AWS::Cognito::IdentityPoolPrincipalTag', {
    IdentityPoolId: { Ref: Match.stringLikeRegexp('IdentityPool') },
    IdentityProviderName: { 'Fn::GetAtt': [Match.stringLikeRegexp('UserPool'), 'ProviderName'] },
    UseDefaults: false,
    PrincipalTags: { sub: 'sub' },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('MembersRole') }],
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'dynamodb:GetItem',
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Table'), 'Arn'] },
          Condition: {
            'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['USER#${aws:PrincipalTag/sub}'] },
            Null: { 'dynamodb:LeadingKeys': 'false' },
          },
        },
      ],
    },
  });
});

test('keeps the table: on demand, recoverable to a point in time, retained', () => {
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'PK', KeyType: 'HASH' },
        { AttributeName: 'SK', KeyType: 'RANGE' },
      ],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    },
  });
});

test.each(['PostConfirmation', 'AddUserToGroup', 'PutUserRecord', 'RetryOnboarding', 'ReconcileUsers'])(
  'runs %s in the same way as every function',
  (name) => {
    const functions = template.findResources('AWS::Lambda::Function');
    const [properties] = Object.entries(functions)
      .filter(([logicalId]) => logicalId.includes(`${name}Function`))
      .map(([, { Properties }]) => Properties);

    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringContaining(`${name}FunctionLogs`) } },
      TracingConfig: { Mode: 'Active' },
    });
  },
);

test('gives the trigger less time than the 5 s of Cognito', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 4,
    Environment: {
      Variables: {
        STATE_MACHINE_ARN: { Ref: Match.stringLikeRegexp('StateMachine') },
        RETRY_QUEUE_URL: { Ref: Match.stringLikeRegexp('RetryQueue') },
      },
    },
  });
});

test('shows its executions in the console: Express, all events with their data, traced', () => {
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    StateMachineType: 'EXPRESS',
    LoggingConfiguration: Match.objectLike({ Level: 'ALL', IncludeExecutionData: true }),
    TracingConfiguration: { Enabled: true },
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: Match.stringLikeRegexp('^/aws/vendedlogs/states/'),
    RetentionInDays: 30,
  });
});

test('parks users in an encrypted queue with a dead-letter queue, both reached by TLS only', () => {
  const queues = Object.entries(template.findResources('AWS::SQS::Queue'));

  expect(queues).toHaveLength(2);
  for (const [logicalId, { Properties }] of queues) {
    expect(Properties).toMatchObject({ SqsManagedSseEnabled: true });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: logicalId }],
      PolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      }),
    });
  }
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 });
  template.hasResourceProperties('AWS::SQS::Queue', {
    MessageRetentionPeriod: 345_600,
    RedrivePolicy: {
      deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetterQueue'), 'Arn'] },
      maxReceiveCount: 15,
    },
  });
});

test('retries parked users, at most two at once, with time for each batch and six times as much until the next', () => {
  template.hasResource('AWS::Lambda::EventSourceMapping', {
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('RetryQueue'), 'Arn'] },
      FunctionName: { Ref: Match.stringLikeRegexp('RetryOnboardingFunction') },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 5,
      ScalingConfig: { MaximumConcurrency: 2 },
    },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 75,
    Environment: {
      Variables: {
        STATE_MACHINE_ARN: { Ref: Match.stringLikeRegexp('OnboardingStateMachine') },
        RETRY_QUEUE_URL: { Ref: Match.stringLikeRegexp('RetryQueue') },
        DEAD_LETTER_QUEUE_URL: { Ref: Match.stringLikeRegexp('DeadLetterQueue') },
      },
    },
  });
  template.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: 450,
    MessageRetentionPeriod: 345_600,
  });
});

test('retries for longer than an outage, and gives up before the message expires', () => {
  const queues = Object.values(template.findResources('AWS::SQS::Queue'));
  const { RedrivePolicy, MessageRetentionPeriod } = queues
    .map(({ Properties }) => Properties)
    .find((properties) => properties.RedrivePolicy);
  const delays = (random: () => number) =>
    Array.from({ length: RedrivePolicy.maxReceiveCount }, (_, i) => retryDelay(i + 1, random));
  const hours = (seconds: number[]) => seconds.reduce((sum, delay) => sum + delay, 0) / 3_600;

  // A message moves to the dead-letter queue instead of being received once more, so the last delay counts,
  // too.
  expect(hours(delays(() => 1))).toBeGreaterThan(19);
  expect(hours(delays(() => 0))).toBeLessThan(39);
  expect(hours(delays(() => 0))).toBeLessThan(MessageRetentionPeriod / 3_600);
});

test('has an output for every id that a person needs', () => {
  expect(Object.keys(template.findOutputs('*'))).toEqual([
    'UserPoolId',
    'UserPoolClientId',
    'GroupName',
    'IdentityPoolId',
    'TableName',
    'StateMachineArn',
    'TriggerFunctionName',
    'RetryFunctionName',
    'RetryQueueUrl',
    'RetryQueueArn',
    'DeadLetterQueueUrl',
    'DeadLetterQueueArn',
    'ReconcileUsersFunctionName',
    'ReconciliationStateMachineArn',
    'GroupNames',
    'GroupRule',
    'RecordKey',
    'TriggerLogGroupName',
    'RetryLogGroupName',
    'ExecutionLogGroupName',
    'ScheduleName',
    'ScheduleGroupName',
    'AlarmNames',
  ]);
});
