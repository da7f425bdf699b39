import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { refusalOf } from '../../support/refusal';
import { testApp } from '../../support/stack';

interface App {
  readonly stack: Stack;
  readonly userPool: UserPool;
  readonly createTenant: LambdaFunction;
  readonly onboarding: UserOnboarding;
}

/** An app with a step, which it may connect with its user pool. */
function synthesize(connect: (app: App) => void, isImported = false): Template {
  const stack = new Stack(testApp(), 'Shop');
  const userPool = new UserPool(stack, 'UserPool', { autoVerify: { email: true } });
  const imported = UserPool.fromUserPoolId(stack, 'Imported', 'us-east-1_Ab12Cd34E');
  const createTenant = new LambdaFunction(stack, 'CreateTenant', {
    runtime: Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: Code.fromInline('def handler(event, context): return {}'),
  });
  const onboarding = new UserOnboarding(stack, 'Onboarding', {
    ...(isImported ? { userPool: imported, attachTrigger: true, requireVerifiedEmail: true } : { userPool }),
    createGroups: true,
    steps: [{ name: 'CreateTenant', function: createTenant }],
  });
  connect({ stack, userPool, createTenant, onboarding });
  return Template.fromStack(stack);
}

const WAY_OUT =
  'Let the function take what it needs from its input, such as confirmedUser.userPoolId, and give it the permission in an iam.Policy of its own';

test.each<[string, (app: App) => void, string]>([
  [
    'its environment',
    ({ userPool, createTenant }) => createTenant.addEnvironment('USER_POOL_ID', userPool.userPoolId),
    'Shop/CreateTenant/Resource refers to it in Properties.Environment.Variables.USER_POOL_ID',
  ],
  [
    'a grant',
    ({ userPool, createTenant }) => userPool.grant(createTenant, 'cognito-idp:AdminUpdateUserAttributes'),
    'Shop/CreateTenant/ServiceRole/DefaultPolicy/Resource refers to it in ' +
      'Properties.PolicyDocument.Statement.0.Resource',
  ],
  [
    'an app client in its environment',
    ({ userPool, createTenant }) =>
      createTenant.addEnvironment('CLIENT_ID', userPool.addClient('Web').userPoolClientId),
    'Shop/UserPool/Web/Resource refers to it in Properties.UserPoolId',
  ],
  [
    'a text in its environment',
    ({ stack, userPool, createTenant }) =>
      createTenant.addEnvironment('ISSUER', `https://${stack.region}/${userPool.userPoolId}`),
    'Shop/CreateTenant/Resource refers to it in Properties.Environment.Variables.ISSUER',
  ],
  [
    'an order that was asked for',
    ({ userPool, createTenant }) => createTenant.node.addDependency(userPool),
    'refers to it in DependsOn',
  ],
])(
  'a step that depends on the pool by %s is refused, with the place and the way out',
  (_, connect, place) => {
    const refusal = refusalOf(() => synthesize(connect));

    expect(refusal).toContain('the step CreateTenant depends on Shop/UserPool/Resource: ');
    expect(refusal).toContain(place);
    expect(refusal).toContain(WAY_OUT);
  },
);

test('a step may have its permission for the pool in a policy of its own', () => {
  const template = synthesize(({ stack, userPool, createTenant }) => {
    const statements = [
      new PolicyStatement({
        actions: ['cognito-idp:AdminUpdateUserAttributes'],
        resources: [userPool.userPoolArn],
      }),
    ];
    createTenant.role?.attachInlinePolicy(new Policy(stack, 'WriteAttributes', { statements }));
  });

  // `Template.fromStack` itself refuses a template with a circle.
  template.resourceCountIs('AWS::Cognito::UserPool', 1);
});

test.each<[string, (app: App) => void, string, string]>([
  [
    'may start its state machine',
    ({ createTenant, onboarding }) => onboarding.stateMachine.grantStartExecution(createTenant),
    'Shop/Onboarding/StateMachine/Resource',
    'Shop/CreateTenant/ServiceRole/DefaultPolicy/Resource refers to it in ' +
      'Properties.PolicyDocument.Statement.0.Resource',
  ],
  [
    'calls one of its functions',
    ({ createTenant, onboarding }) =>
      createTenant.addEnvironment('RETRY', onboarding.retryFunction.functionArn),
    'Shop/Onboarding/RetryOnboardingFunction/Resource',
    'Shop/CreateTenant/Resource refers to it in Properties.Environment.Variables.RETRY',
  ],
])('a step that depends on its onboarding, because it %s, is refused', (_, connect, target, place) => {
  for (const isImported of [false, true]) {
    const refusal = refusalOf(() => synthesize(connect, isImported));

    expect(refusal).toContain(`the step CreateTenant depends on ${target}: ${place}`);
    expect(refusal).toContain(WAY_OUT);
  }
});

test.each<[string, boolean, (app: App) => void]>([
  [
    'the pool that its onboarding does not have',
    true,
    ({ userPool, createTenant }) => userPool.grant(createTenant, 'cognito-idp:AdminUpdateUserAttributes'),
  ],
  ['the table', false, ({ createTenant, onboarding }) => onboarding.table.grantReadData(createTenant)],
])('a step may use %s', (_, isImported, connect) => {
  expect(() => synthesize(connect, isImported)).not.toThrow();
});
