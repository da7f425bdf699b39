import { App, Duration, Stack } from 'aws-cdk-lib';
import { ClientAttributes, StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { UserOnboarding } from 'confirmed-user-onboarding';

const stack = new Stack(new App(), 'Shop');
const userPool = new UserPool(stack, 'UserPool', {
  selfSignUpEnabled: true,
  signInAliases: { email: true },
  customAttributes: { tenantId: new StringAttribute({ mutable: true }) },
});
userPool.addClient('Web', {
  authFlows: { userPassword: true },
  // Without this line, users could write their tenantId themselves.
  writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
});

const assignTenant = new Lambda(stack, 'AssignTenant', {
  runtime: Runtime.NODEJS_24_X,
  code: Code.fromAsset('functions'),
  handler: 'assign-tenant.handler',
  timeout: Duration.seconds(20),
});
// The pool depends on the step. So the function takes the pool's id from its input, and this policy stands alone.
const actions = ['cognito-idp:AdminUpdateUserAttributes'];
const statements = [new PolicyStatement({ actions, resources: [userPool.userPoolArn] })];
assignTenant.role?.attachInlinePolicy(new Policy(stack, 'AssignTenantPolicy', { statements }));

new UserOnboarding(stack, 'Onboarding', {
  userPool,
  createGroups: true,
  steps: [{ name: 'AssignTenant', function: assignTenant }],
  record: { attributes: { username: '<username>', tenantId: '<AssignTenant.tenantId>' } },
});
