import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  CfnUserPoolGroup,
  UserPool,
  UserPoolClient,
  UserPoolGroup,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { LogLevel } from 'aws-cdk-lib/aws-stepfunctions';
import { READ_ONLY_FIELDS } from '../../functions/attach-trigger/user-pool-settings';
import {
  OnboardingGroup,
  UserOnboarding,
  type UserOnboardingProps,
  type UserRecord,
} from '../../infra/user-onboarding';
import { testApp } from '../support/stack';

const USER_POOL_ID = 'us-east-1_Ab12Cd34E';
const FOREIGN_POOL_ARN = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab12Cd34E';
const FOREIGN_TABLE_ARN = 'arn:aws:dynamodb:eu-west-1:123456789012:table/users';

function synthesize(propsOf: (stack: Stack) => UserOnboardingProps) {
  const stack = new Stack(testApp(), 'Stack');
  const onboarding = new UserOnboarding(stack, 'Onboarding', propsOf(stack));
  // It prints the stack's warnings, which `warningsOf` reads.
  const print = jest.spyOn(console, 'error').mockImplementation();
  const template = Template.fromStack(stack);
  print.mockRestore();
  return { stack, onboarding, template };
}

function warningsOf(stack: Stack): string {
  const entries = stack.node.findAll().flatMap(({ node }) => node.metadata);
  return entries.map(({ data }) => String(data)).join('\n');
}

function environmentOf(template: Template, name: string): Record<string, unknown> {
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  const [, found] = functions.find(([logicalId]) => logicalId.includes(name)) ?? [];
  return found?.Properties.Environment.Variables;
}

const existingPool = (stack: Stack) => UserPool.fromUserPoolId(stack, 'UserPool', USER_POOL_ID);

describe('an existing user pool and table', () => {
  const { template, onboarding } = synthesize((stack) => ({
    userPool: existingPool(stack),
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
    expect(environmentOf(template, 'ReconcileUsers')).toMatchObject({
      TABLE_NAME: 'accounts',
      USER_POOL_ID,
    });
    for (const [Action, suffix] of [
      ['cognito-idp:AdminAddUserToGroup', `:userpool/${USER_POOL_ID}$`],
      ['cognito-idp:ListUsers', `:userpool/${USER_POOL_ID}$`],
      ['dynamodb:PutItem', ':table/accounts$'],
      ['dynamodb:BatchGetItem', ':table/accounts$'],
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

  test('a command attaches the trigger without resetting other settings', () => {
    const { attachTriggerCommand = '' } = onboarding;

    expect(attachTriggerCommand).toMatch(
      new RegExp(`^aws cognito-idp describe-user-pool --user-pool-id ${USER_POOL_ID} .* \\| jq .* && aws `),
    );
    expect(attachTriggerCommand).toMatch(/update-user-pool --cli-input-json file:\/\/user-pool.json$/);
    for (const field of READ_ONLY_FIELDS) expect(attachTriggerCommand).toContain(`.${field}`);
  });
});

test('a group in an existing pool has no role without an app client', () => {
  const { template } = synthesize((stack) => ({
    userPool: existingPool(stack),
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
    expect(onboarding.attachTriggerCommand).toBeUndefined();
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
    new UserOnboarding(stack, 'Onboarding', { userPool });
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

    expect(warningsOf(stack).includes('does not verify e-mail addresses')).toBe(isWarned);
  });

  test('must not have attachTrigger', () => {
    expect(() => withPool({ attachTrigger: true })).toThrow(
      'attachTrigger is for a user pool of another stack',
    );
  });
});

test('a pool in another stack of the app is treated as an existing pool', () => {
  const app = testApp();
  const userPool = new UserPool(new Stack(app, 'Pool'), 'UserPool');
  const props = { userPool, requireVerifiedEmail: true };
  const onboarding = new UserOnboarding(new Stack(app, 'Stack'), 'Onboarding', props);

  expect(onboarding.attachTriggerCommand).toBeDefined();
  expect(() => app.synth()).not.toThrow();
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
    ['RetryOnboardingFunction', ['kms:Decrypt', 'kms:GenerateDataKey']],
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

    expect(warningsOf(stack)).toContain('the policy of an imported encryptionKey is not changed');
  });
});

test.each<[string, (stack: Stack) => UserOnboardingProps, string]>([
  ['memorySize', () => ({ memorySize: 128 }), 'got: 128'],
  ['a fraction of a MB', () => ({ memorySize: 512.5 }), 'got: 512.5'],
  ['a group name with a space', () => ({ group: OnboardingGroup.named('all users') }), 'got: "all users"'],
  ['an empty group name', () => ({ group: OnboardingGroup.named('') }), 'got: ""'],
  ['attachTrigger alone', () => ({ attachTrigger: true }), 'attachTrigger needs userPool'],
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
    (stack) => ({ userPool: existingPool(stack), replaceTrigger: true }),
    'replaceTrigger needs attachTrigger',
  ],
  [
    'a client for an existing group',
    (stack) => ({
      userPool: existingPool(stack),
      userPoolClient: UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client'),
    }),
    'it needs createGroups',
  ],
  [
    'a record that is too long for the environment',
    () => ({ record: { attributes: { text: 'x'.repeat(4_000) } } }),
    'record must be at most 3072 characters of JSON, got: 40',
  ],
])('%s is refused', (_, propsOf, message) => {
  expect(() => synthesize(propsOf)).toThrow(message);
});

test.each<[string, (stack: Stack) => UserOnboardingProps]>([
  ['userPool', (stack) => ({ userPool: UserPool.fromUserPoolArn(stack, 'UserPool', FOREIGN_POOL_ARN) })],
  ['table', (stack) => ({ table: Table.fromTableArn(stack, 'Table', FOREIGN_TABLE_ARN) })],
])('%s in another region is refused', (prop, propsOf) => {
  const stack = new Stack(testApp(), 'Stack', { env: { region: 'us-east-1', account: '123456789012' } });

  expect(() => new UserOnboarding(stack, 'Onboarding', propsOf(stack))).toThrow(
    `${prop} must be in the stack's region us-east-1, got: arn:aws:`,
  );
});

test.each([
  [undefined, true],
  [true, false],
  [false, false],
])(
  'with requireVerifiedEmail %s, a pool of another stack is used (warning: %s)',
  (requireVerifiedEmail, isWarned) => {
    const { stack } = synthesize((scope) => ({ userPool: existingPool(scope), requireVerifiedEmail }));

    expect(warningsOf(stack).includes('not known here whether the user pool verifies')).toBe(isWarned);
  },
);

test.each<[string, Record<string, string>]>([
  ['the tag cannot say the key', { PK: 'TENANT#<custom:tenant>#<sub>', SK: 'PROFILE' }],
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
