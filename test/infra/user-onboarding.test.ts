import { NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  CfnUserPoolGroup,
  type IUserPool,
  UserPool,
  UserPoolClient,
  UserPoolGroup,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogLevel } from 'aws-cdk-lib/aws-stepfunctions';
import {
  OnboardingGroup,
  UserOnboarding,
  type UserOnboardingProps,
  type UserRecord,
} from '../../infra/user-onboarding';
import { testApp, warningsIn } from '../support/stack';

const USER_POOL_ID = 'us-east-1_Ab12Cd34E';

function synthesize(propsOf: (stack: Stack) => UserOnboardingProps) {
  const stack = new Stack(testApp(), 'Stack');
  const onboarding = new UserOnboarding(stack, 'Onboarding', propsOf(stack));
  return { stack, onboarding, template: Template.fromStack(stack) };
}

function environmentOf(template: Template, name: string): Record<string, unknown> {
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  const [, found] = functions.find(([logicalId]) => logicalId.includes(name)) ?? [];
  return found?.Properties.Environment.Variables;
}

const existingPool = (stack: Stack) => UserPool.fromUserPoolId(stack, 'UserPool', USER_POOL_ID);

describe('an existing user pool and table', () => {
  const { template } = synthesize((stack) => ({
    userPool: existingPool(stack),
    attachTrigger: false,
    requireVerifiedEmail: true,
    group: OnboardingGroup.named('members'),
    table: Table.fromTableName(stack, 'Table', 'accounts'),
  }));

  test.each([
    'AWS::Cognito::UserPool',
    'AWS::Cognito::UserPoolClient',
    'AWS::Cognito::UserPoolGroup',
    'AWS::Cognito::IdentityPool',
    'AWS::DynamoDB::Table',
    'Custom::PostConfirmationTrigger',
  ])('no %s is created', (type) => {
    template.resourceCountIs(type, 0);
  });

  test('the functions know them, and may use only them', () => {
    const arnOf = (suffix: string) => ({
      'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(suffix)])],
    });

    expect(environmentOf(template, 'AddUserToGroup')).toEqual({
      GROUP_RULE: '{"by":"name","group":"members"}',
    });
    expect(environmentOf(template, 'PutUserRecord')).toMatchObject({ TABLE_NAME: 'accounts' });
    expect(environmentOf(template, 'RetryOnboarding')).toMatchObject({ TABLE_NAME: 'accounts' });
    expect(environmentOf(template, 'ReconcileUsers')).toMatchObject({
      TABLE_NAME: 'accounts',
      USER_POOL_ID,
    });
    for (const [Action, suffix] of [
      ['cognito-idp:AdminAddUserToGroup', `:userpool/${USER_POOL_ID}$`],
      [['cognito-idp:AdminListGroupsForUser', 'cognito-idp:ListUsers'], `:userpool/${USER_POOL_ID}$`],
      ['dynamodb:PutItem', ':table/accounts$'],
      ['dynamodb:BatchGetItem', ':table/accounts$'],
      ['dynamodb:GetItem', ':table/accounts$'],
    ] as const) {
      template.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: Match.arrayWith([Match.objectLike({ Action, Resource: arnOf(suffix) })]),
        },
      });
    }
  });

  test('Cognito may invoke the trigger for exactly this pool of this account', () => {
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'cognito-idp.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', Match.arrayWith([`:userpool/${USER_POOL_ID}`])] },
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });
});

test('a group in an existing pool has no role without an app client', () => {
  const { template } = synthesize((stack) => ({
    userPool: existingPool(stack),
    attachTrigger: false,
    requireVerifiedEmail: true,
    createGroups: true,
  }));

  template.hasResourceProperties('AWS::Cognito::UserPoolGroup', {
    GroupName: 'users',
    UserPoolId: USER_POOL_ID,
    RoleArn: Match.absent(),
  });
  template.resourceCountIs('AWS::Cognito::IdentityPool', 0);
});

test('a group in an existing pool has a role with an app client', () => {
  const { template, onboarding } = synthesize((stack) => ({
    userPool: existingPool(stack),
    attachTrigger: false,
    userPoolClient: UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client'),
    createGroups: true,
  }));

  template.hasResourceProperties('AWS::Cognito::UserPoolGroup', {
    RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('MembersRole'), 'Arn'] },
  });
  template.hasResourceProperties('AWS::Cognito::IdentityPool', {
    CognitoIdentityProviders: [Match.objectLike({ ClientId: 'client' })],
  });
  expect(onboarding.groupRole).toBeDefined();
});

describe('a user pool of the same stack', () => {
  const withPool = (props: Partial<UserOnboardingProps> = {}) =>
    synthesize((stack) => {
      const userPool = new UserPool(stack, 'UserPool', { autoVerify: { email: true } });
      new CfnUserPoolGroup(stack, 'Group', { userPoolId: userPool.userPoolId, groupName: 'users' });
      return { userPool, ...props };
    });

  test('gets the trigger as a property', () => {
    const { template, onboarding } = withPool();

    template.hasResourceProperties('AWS::Cognito::UserPool', {
      LambdaConfig: {
        PostConfirmation: { 'Fn::GetAtt': [Match.stringLikeRegexp('PostConfirmationFunction'), 'Arn'] },
      },
    });
    template.resourceCountIs('AWS::Cognito::UserPoolGroup', 1);
    expect(onboarding.attachTriggerFunction).toBeUndefined();
  });

  test.each([
    ['may have other triggers', UserPoolOperation.PRE_SIGN_UP, undefined],
    [
      'may not have another post confirmation trigger',
      UserPoolOperation.POST_CONFIRMATION,
      'the user pool has a post confirmation trigger of its own',
    ],
  ])('%s', (_, operation, message) => {
    const stack = new Stack(testApp(), 'Stack');
    const userPool = new UserPool(stack, 'UserPool', { autoVerify: { email: true } });
    new UserOnboarding(stack, 'Onboarding', { userPool, createGroups: true });
    const code = Code.fromInline('exports.handler = async (event) => event');
    const runtime = Runtime.NODEJS_24_X;
    userPool.addTrigger(
      operation,
      new LambdaFunction(stack, 'Other', { runtime, code, handler: 'index.handler' }),
    );

    const result = () => Template.fromStack(stack);
    if (message) expect(result).toThrow(message);
    else expect(result).not.toThrow();
  });

  test('can have only one onboarding', () => {
    const { stack, onboarding } = withPool();

    expect(() => new UserOnboarding(stack, 'Second', { userPool: onboarding.userPool })).toThrow(
      'the user pool has an onboarding already',
    );
  });

  test('refuses a group name that would create a circular dependency', () => {
    const withAttribute = (stack: Stack) => {
      const userPool = new UserPool(stack, 'UserPool');
      const { groupName } = new UserPoolGroup(stack, 'Group', { userPool });
      return { userPool, group: OnboardingGroup.named(groupName) };
    };

    expect(() => synthesize(withAttribute)).toThrow('the name of a group must be known at synthesis');
  });

  test.each([
    ['with a warning if it does not verify e-mail addresses', {}, true],
    ['without a warning if it verifies them', { autoVerify: { email: true } }, false],
  ])('is accepted %s', (_, poolProps, isWarned) => {
    const { stack } = synthesize((scope) => ({ userPool: new UserPool(scope, 'UserPool', poolProps) }));

    expect(warningsIn(stack).includes('does not verify e-mail addresses')).toBe(isWarned);
  });

  test.each([true, false])('must not have attachTrigger %s', (attachTrigger) => {
    expect(() => withPool({ attachTrigger })).toThrow(
      `attachTrigger is for a user pool that this stack does not create, got: ${attachTrigger}`,
    );
  });
});

describe('a user pool that the stack does not create', () => {
  const pools: [string, (stack: Stack) => IUserPool][] = [
    ['is imported', existingPool],
    ['is of another stack', (stack) => new UserPool(new Stack(stack.node.root, 'Pool'), 'UserPool')],
    ['is of a nested stack', (stack) => new UserPool(new NestedStack(stack, 'Nested'), 'UserPool')],
  ];

  test.each(pools)('gets nothing that nobody asked for when it %s', (_, poolOf) => {
    expect(() => synthesize((stack) => ({ userPool: poolOf(stack), requireVerifiedEmail: true }))).toThrow(
      'attachTrigger must be true or false',
    );
  });

  test.each(pools)('is left alone with attachTrigger false when it %s', (_, poolOf) => {
    const propsOf = (stack: Stack) => ({
      userPool: poolOf(stack),
      requireVerifiedEmail: true,
      attachTrigger: false,
    });
    const { template } = synthesize(propsOf);

    template.resourceCountIs('Custom::PostConfirmationTrigger', 0);
    template.resourceCountIs('AWS::Lambda::Permission', 1);
  });

  test.each(pools)('gets the trigger with attachTrigger true when it %s', (_, poolOf) => {
    const propsOf = (stack: Stack) => ({
      userPool: poolOf(stack),
      requireVerifiedEmail: true,
      attachTrigger: true,
    });

    synthesize(propsOf).template.resourceCountIs('Custom::PostConfirmationTrigger', 1);
  });
});

describe('a pool of the same stack', () => {
  const warningsWith = (props: Partial<UserOnboardingProps>, groupName?: string) => {
    const { stack } = synthesize((scope) => {
      const userPool = new UserPool(scope, 'UserPool', { autoVerify: { email: true } });
      if (groupName) new UserPoolGroup(scope, 'Members', { userPool, groupName });
      return { userPool, ...props };
    });
    return warningsIn(stack);
  };

  test('is used with a warning if the stack has no group of that name', () => {
    expect(warningsWith({})).toContain('the user pool Stack/UserPool/Resource but no group users');
    expect(warningsWith({ group: OnboardingGroup.named('members') }, 'users')).toContain(
      'but no group members',
    );
  });

  test('is used without one if it has the group, or gets it here', () => {
    expect(warningsWith({}, 'users')).not.toContain('but no group');
    expect(warningsWith({ createGroups: true })).not.toContain('but no group');
  });
});

test('the application describes the records', () => {
  const record = {
    key: { id: '<sub>' },
    attributes: { plan: 'free', email: '<email>', at: { home: ['<addresses>'] } },
  };
  const { template } = synthesize(() => ({ record }));

  template.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  expect(environmentOf(template, 'PutUserRecord')).toEqual({
    TABLE_NAME: expect.anything(),
    RECORD_KEY: '{"id":"<sub>"}',
    RECORD_ATTRIBUTES: '{"plan":"free","email":"<email>","at":{"home":["<addresses>"]}}',
    INDEX_KEYS: '{}',
  });
  expect(environmentOf(template, 'ReconcileUsers')).toMatchObject({ RECORD_KEY: '{"id":"<sub>"}' });
  // Only what the templates name travels.
  for (const name of ['PostConfirmation', 'ReconcileUsers']) {
    expect(environmentOf(template, name)).toMatchObject({ USER_ATTRIBUTES: '["address","email"]' });
  }
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Action: 'dynamodb:GetItem',
          Condition: {
            'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/sub}'] },
          },
        }),
      ],
    },
  });
});

test('every setting takes effect', () => {
  const { template } = synthesize(() => ({
    memorySize: 1024,
    logRetention: RetentionDays.THREE_MONTHS,
    logExecutionData: false,
    executionLogLevel: LogLevel.ERROR,
    tracing: false,
    requireVerifiedEmail: false,
  }));

  template.allResourcesProperties('AWS::Lambda::Function', {
    MemorySize: 1024,
    TracingConfig: Match.absent(),
  });
  template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
    LoggingConfiguration: Match.objectLike({ IncludeExecutionData: false, Level: 'ERROR' }),
    TracingConfiguration: { Enabled: false },
  });
  for (const name of ['PostConfirmation', 'ReconcileUsers']) {
    expect(environmentOf(template, name)).toMatchObject({ REQUIRE_VERIFIED_EMAIL: 'false' });
  }
});

test('names, and so state machines, stay the same when a key is given later', () => {
  const namesIn = (propsOf: (stack: Stack) => UserOnboardingProps) => {
    const machines = synthesize(propsOf).template.findResources('AWS::StepFunctions::StateMachine');
    return Object.entries(machines).map(([id, { Properties }]) => [id, Properties.StateMachineName]);
  };

  expect(namesIn(() => ({}))).toEqual(namesIn((stack) => ({ encryptionKey: new Key(stack, 'Key') })));
});

test.each([
  [undefined, 'INACTIVE'],
  [true, 'ACTIVE'],
])(
  'with deletionProtection %s, a user pool and a table are made accordingly',
  (deletionProtection, expected) => {
    const { template } = synthesize(() => ({ deletionProtection }));

    template.hasResourceProperties('AWS::Cognito::UserPool', { DeletionProtection: expected });
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      DeletionProtectionEnabled: deletionProtection ?? false,
    });
  },
);

describe('a customer managed key', () => {
  const { template } = synthesize((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
  const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };

  test('encrypts queues, logs, table and state machines', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: key });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: Match.objectLike({ KMSMasterKeyId: key }),
    });
    template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
      EncryptionConfiguration: Match.objectLike({ KmsKeyId: key, Type: 'CUSTOMER_MANAGED_KMS_KEY' }),
    });
  });

  test.each([
    ['logs', { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }],
    ['the delivery of execution logs', 'delivery.logs.amazonaws.com'],
  ])('may be used by %s', (_, Service) => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Principal: { Service } })]),
      },
    });
  });

  test.each([
    ['PostConfirmationFunction', ['kms:Decrypt', 'kms:GenerateDataKey']],
    [
      'PutUserRecordFunction',
      [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
    ],
    ['RetryOnboardingFunction', ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']],
    ['ReconcileUsersFunction', ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']],
    ['OnboardingStateMachine', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ])('%s may use it, but only for its own work', (role, actions) => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const granted = policies
      .filter(([logicalId]) => logicalId.includes(role))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .filter(
        ({ Action, Condition }) => [Action].flat().some((action) => action.startsWith('kms:')) && !Condition,
      );

    expect(granted.flatMap(({ Action }) => Action).sort()).toEqual(actions);
  });

  test("can be used by the group's members only through DynamoDB", () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('MembersRole'),
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'kms:Decrypt',
            Condition: { StringEquals: { 'kms:ViaService': Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  test('of another account or stack is used with a warning', () => {
    const arn = 'arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012';
    const { stack } = synthesize((scope) => ({ encryptionKey: Key.fromKeyArn(scope, 'Key', arn) }));

    expect(warningsIn(stack)).toContain('the policy of an imported encryptionKey is not changed');
  });
});

test.each<[string, (stack: Stack) => UserOnboardingProps, string]>([
  ['memorySize', () => ({ memorySize: 128 }), 'got: 128'],
  ['a fraction of a MB', () => ({ memorySize: 512.5 }), 'got: 512.5'],
  ['a group name with a space', () => ({ group: OnboardingGroup.named('all users') }), 'got: "all users"'],
  ['an empty group name', () => ({ group: OnboardingGroup.named('') }), 'got: ""'],
  ['attachTrigger alone', () => ({ attachTrigger: true }), 'attachTrigger needs userPool'],
  ['attachTrigger false alone', () => ({ attachTrigger: false }), 'attachTrigger needs userPool'],
  ['replaceTrigger alone', () => ({ replaceTrigger: true }), 'replaceTrigger needs userPool'],
  [
    'a client alone',
    (stack) => ({ userPoolClient: UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client') }),
    'userPoolClient needs userPool',
  ],
  ['a new pool without its group', () => ({ createGroups: false }), 'createGroups must not be false'],
  [
    'deletionProtection of what is not created here',
    (stack) => ({
      userPool: existingPool(stack),
      attachTrigger: false,
      table: Table.fromTableName(stack, 'Table', 'accounts'),
      deletionProtection: true,
    }),
    'deletionProtection is for a user pool or a table that is created here',
  ],
  [
    'createGroups without a group',
    () => ({ group: OnboardingGroup.none(), createGroups: true }),
    'createGroups needs a group',
  ],
  [
    'a precedence of a group that exists',
    (stack) => ({ userPool: existingPool(stack), groupPrecedence: 1 }),
    'groupPrecedence is for groups created here',
  ],
  ['a negative precedence', () => ({ groupPrecedence: -1 }), 'got: -1'],
  [
    'a precedence that is too high for one group',
    () => ({ groupPrecedence: 2 ** 31 }),
    'groupPrecedence must be a whole number from 0 to 2147483647, got: 2147483648',
  ],
  [
    'a precedence that is too high for the last of several groups',
    () => ({
      group: OnboardingGroup.byEmailDomain({ 'a.example': 'a', 'b.example': 'b' }),
      groupPrecedence: 2 ** 31 - 1,
    }),
    'groupPrecedence must be a whole number from 0 to 2147483646, since each of the 2 groups has one more than ' +
      'the one before it, got: 2147483647',
  ],
  [
    'an attribute that Cognito lacks',
    () => ({ group: OnboardingGroup.byAttribute('plan', { a: 'b' }) }),
    'group must name Cognito attributes, such as email or custom:plan, got: "plan"',
  ],
  ...[
    ['groupName', { groupName: 'users' }, 'use group: OnboardingGroup.named(…)'],
    ['createGroup', { createGroup: false }, 'use createGroups'],
    ['record.partitionKey', { record: { partitionKey: 'id' } }, 'use record.key'],
    ['record.sortKey', { record: { sortKey: false } }, 'use record.key'],
    ['record.keyPrefix', { record: { keyPrefix: '' } }, 'use record.key'],
    ['record.initialAttributes', { record: { initialAttributes: {} } }, 'use record.attributes'],
  ].map(([name, props, successor]): [string, () => UserOnboardingProps, string] => [
    `the prop ${name} of the version before`,
    () => props as UserOnboardingProps,
    `${name} is not a prop any more: ${successor}`,
  ]),
  [
    'replaceTrigger without attachTrigger',
    (stack) => ({ userPool: existingPool(stack), attachTrigger: false, replaceTrigger: true }),
    'replaceTrigger needs attachTrigger',
  ],
  [
    'a client for an existing group',
    (stack) => ({
      userPool: existingPool(stack),
      attachTrigger: false,
      userPoolClient: UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client'),
    }),
    'it needs createGroups',
  ],
])('%s is refused', (_, propsOf, message) => {
  expect(() => synthesize(propsOf)).toThrow(message);
});

describe('in a stack whose region and account are known', () => {
  const env = { region: 'us-east-1', account: '123456789012' };
  const elsewhere = (arn: string, part: string) =>
    part === 'region' ? arn.replace('us-east-1', 'eu-west-1') : arn.replace('123456789012', '210987654321');
  const POOL_ARN = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab12Cd34E';
  const TABLE_ARN = 'arn:aws:dynamodb:us-east-1:123456789012:table/users';
  const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012';
  const BUS_ARN = 'arn:aws:events:us-east-1:123456789012:event-bus/shop';
  const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:create-tenant';
  const TOPIC_ARN = 'arn:aws:sns:us-east-1:123456789012:alarms';

  const GIVEN: [string, string, (stack: Stack, arn: string) => UserOnboardingProps][] = [
    [
      'userPool',
      POOL_ARN,
      (stack, arn) => ({ userPool: UserPool.fromUserPoolArn(stack, 'Given', arn), attachTrigger: true }),
    ],
    ['table', TABLE_ARN, (stack, arn) => ({ table: Table.fromTableArn(stack, 'Given', arn) })],
    ['encryptionKey', KEY_ARN, (stack, arn) => ({ encryptionKey: Key.fromKeyArn(stack, 'Given', arn) })],
    ['alarmTopic', TOPIC_ARN, (stack, arn) => ({ alarmTopic: Topic.fromTopicArn(stack, 'Given', arn) })],
    ['noticeTopic', TOPIC_ARN, (stack, arn) => ({ noticeTopic: Topic.fromTopicArn(stack, 'Given', arn) })],
    ['eventBus', BUS_ARN, (stack, arn) => ({ eventBus: EventBus.fromEventBusArn(stack, 'Given', arn) })],
    [
      'the function of the step CreateTenant',
      FUNCTION_ARN,
      (stack, arn) => {
        const step = LambdaFunction.fromFunctionAttributes(stack, 'Given', {
          functionArn: arn,
          sameEnvironment: false,
        });
        return { steps: [{ name: 'CreateTenant', function: step }] };
      },
    ],
  ];

  /** Resources whose policies can let another account use them. */
  const SHARED = ['alarmTopic', 'noticeTopic', 'eventBus', 'the function of the step CreateTenant'];

  test.each(GIVEN)('%s of the same region and account is accepted', (_, arn, propsOf) => {
    const stack = new Stack(testApp(), 'Stack', { env });

    expect(() => new UserOnboarding(stack, 'Onboarding', propsOf(stack, arn))).not.toThrow();
  });

  test.each(
    GIVEN.flatMap(([prop, arn, propsOf]) =>
      ['region', ...(SHARED.includes(prop) ? [] : ['account'])].map((part) => ({
        prop,
        part,
        arn,
        propsOf,
      })),
    ),
  )('$prop of another $part is refused', ({ prop, part, arn, propsOf }) => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const given = elsewhere(arn, part);

    expect(() => new UserOnboarding(stack, 'Onboarding', propsOf(stack, given))).toThrow(
      `${prop} must be in the stack's ${part} ${part === 'region' ? env.region : env.account}, got: ${given}`,
    );
  });

  test('a user pool whose id names another region is refused', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const userPool = UserPool.fromUserPoolId(stack, 'UserPool', 'eu-west-1_Ab12Cd34E');

    expect(() => new UserOnboarding(stack, 'Onboarding', { userPool, attachTrigger: true })).toThrow(
      "userPool must be in the stack's region us-east-1, got: eu-west-1_Ab12Cd34E",
    );
  });

  test('a table of a stack in another region is refused', () => {
    const app = testApp();
    const other = new Stack(app, 'Other', { env: { ...env, region: 'eu-west-1' } });
    const table = new Table(other, 'Table', { partitionKey: { name: 'PK', type: AttributeType.STRING } });

    expect(() => new UserOnboarding(new Stack(app, 'Stack', { env }), 'Onboarding', { table })).toThrow(
      "table must be in the stack's region us-east-1, got: Other/Table in eu-west-1",
    );
  });
});

describe('in AWS GovCloud (US)', () => {
  const templateIn = (region: string) => {
    const stack = new Stack(testApp(), 'Stack', { env: { region, account: '123456789012' } });
    new UserOnboarding(stack, 'Onboarding', {});
    return Template.fromStack(stack);
  };

  test.each([
    ['us-gov-west-1', 'cognito-identity-us-gov.amazonaws.com'],
    ['us-gov-east-1', 'cognito-identity.us-gov-east-1.amazonaws.com'],
  ])("%s has its own partition and its identity pools' own principal", (region, principal) => {
    const template = templateIn(region);
    const text = JSON.stringify(template.toJSON());

    expect(text).toContain('arn:aws-us-gov:states:::lambda:invoke');
    expect(text).not.toContain('arn:aws:');
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Federated: principal },
            Condition: {
              StringEquals: { [`${principal}:aud`]: Match.anyValue() },
              'ForAnyValue:StringLike': { [`${principal}:amr`]: 'authenticated' },
            },
          }),
        ],
      },
    });
  });

  test('Cognito is called at its FIPS endpoints, since there are no others', () => {
    const template = templateIn('us-gov-west-1');

    for (const name of ['AddUserToGroup', 'ReconcileUsers']) {
      expect(environmentOf(template, name)).toMatchObject({ AWS_USE_FIPS_ENDPOINT: 'true' });
    }
  });

  test('is where the stack goes if the command line says so', () => {
    process.env.CDK_DEFAULT_REGION = 'us-gov-west-1';
    try {
      const { template } = synthesize(() => ({}));
      expect(JSON.stringify(template.toJSON())).toContain('arn:aws-us-gov:states:::lambda:invoke');
    } finally {
      delete process.env.CDK_DEFAULT_REGION;
    }
  });
});

test.each([
  ['cn-north-1', 'aws-cn: Cognito has no user pools there'],
  ['us-iso-east-1', 'aws-iso: it is not known to work there'],
])('the region %s is refused', (region, reason) => {
  const stack = new Stack(testApp(), 'Stack', { env: { region, account: '123456789012' } });

  expect(() => new UserOnboarding(stack, 'Onboarding')).toThrow(reason);
});

test.each([
  [undefined, true],
  [true, false],
  [false, false],
])(
  'with requireVerifiedEmail %s, a pool of another stack is used (warning: %s)',
  (requireVerifiedEmail, isWarned) => {
    const { stack } = synthesize((scope) => ({
      userPool: existingPool(scope),
      attachTrigger: true,
      requireVerifiedEmail,
    }));

    expect(warningsIn(stack).includes('not known here whether the user pool verifies')).toBe(isWarned);
  },
);

test.each<[string, Record<string, string>]>([
  ['the tag cannot say the key', { PK: 'LOCALE#<locale>#<sub>', SK: 'PROFILE' }],
  ['the key is the same for everybody', { PK: 'USERS', SK: '<sub>' }],
])('members may read nothing if %s', (_, key) => {
  const { template } = synthesize(() => ({ record: { key } }));

  const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
  expect(policies.filter((logicalId) => logicalId.includes('MembersRole'))).toEqual([]);
});

test('members may read their record by a key with text around their sub', () => {
  const { template } = synthesize(() => ({ record: { key: { PK: 'ACCOUNT#<sub>', SK: 'PROFILE' } } }));

  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Condition: {
            'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['ACCOUNT#${aws:PrincipalTag/sub}'] },
          },
        }),
      ],
    },
  });
});

test('a TableV2 with other keys than the records is refused', () => {
  const withKey = (name: string) => () =>
    synthesize((stack) => ({
      table: new TableV2(stack, 'Table', { partitionKey: { name, type: AttributeType.STRING } }),
      record: { key: { PK: '<sub>' } },
    }));

  expect(withKey('id')).toThrow("the table's keys must be the records' keys (PK) and strings, got: id (S)");
  expect(withKey('PK')).not.toThrow();
});

describe('a table of the app', () => {
  const withTable = (sortKeyType: AttributeType, record?: UserRecord) =>
    synthesize((stack) => ({
      table: new Table(stack, 'Table', {
        partitionKey: { name: 'id', type: AttributeType.STRING },
        sortKey: { name: 'kind', type: sortKeyType },
      }),
      record,
    }));

  test('can have keys of its own', () => {
    const { template } = withTable(AttributeType.STRING, { key: { id: 'ACCOUNT#<sub>', kind: 'PROFILE' } });

    expect(environmentOf(template, 'PutUserRecord')).toMatchObject({
      RECORD_KEY: '{"id":"ACCOUNT#<sub>","kind":"PROFILE"}',
    });
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
  });

  test.each<[string, AttributeType, UserRecord | undefined, string]>([
    ['that record does not name', AttributeType.STRING, undefined, 'got: id (S), kind (S)'],
    [
      'in addition to those of the records',
      AttributeType.STRING,
      { key: { id: '<sub>' } },
      'got: id (S), kind (S)',
    ],
    ['in another order', AttributeType.STRING, { key: { kind: 'x', id: '<sub>' } }, 'got: id (S), kind (S)'],
    ['of another type', AttributeType.NUMBER, { key: { id: '<sub>', kind: 'x' } }, 'got: id (S), kind (N)'],
  ])('may not have keys %s', (_, type, record, message) => {
    expect(() => withTable(type, record)).toThrow(message);
  });
});
