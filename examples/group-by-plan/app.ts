import { App, Stack } from 'aws-cdk-lib';
import { StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { OnboardingGroup, UserOnboarding } from 'confirmed-user-onboarding';

const stack = new Stack(new App(), 'Shop');

const userPool = new UserPool(stack, 'UserPool', {
  selfSignUpEnabled: true,
  signInAliases: { email: true },
  autoVerify: { email: true },
  customAttributes: { plan: new StringAttribute({ mutable: true }) },
});
const userPoolClient = userPool.addClient('Web', { authFlows: { userSrp: true, userPassword: true } });

new UserOnboarding(stack, 'Onboarding', {
  userPool,
  // With the app client, the groups get an IAM role.
  userPoolClient,
  group: OnboardingGroup.byAttribute(
    'custom:plan',
    { pro: 'professionals', free: 'customers' },
    // People choose their plan in the form in which they sign up. Whoever must not choose their group
    // themselves needs an app client whose writeAttributes leave the attribute out.
    { otherwise: 'customers', usersMayChoose: true },
  ),
  createGroups: true,
  groupPrecedence: 10,
  record: {
    key: { id: '<sub>' },
    attributes: { email: '<email>', plan: '<custom:plan>', memberOf: '<group>', createdAt: '<now>' },
  },
});
