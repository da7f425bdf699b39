import { App, Stack } from 'aws-cdk-lib';
import { CfnUserPoolGroup, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { OnboardingGroup, UserOnboarding } from 'confirmed-user-onboarding';

const stack = new Stack(new App(), 'Shop');
const string = (name: string) => ({ name, type: AttributeType.STRING });

// What the application had before: a user pool, a group, and one table for everything.
const userPool = new UserPool(stack, 'UserPool', {
  selfSignUpEnabled: true,
  signInAliases: { email: true },
  autoVerify: { email: true },
  standardAttributes: { givenName: { mutable: true }, familyName: { mutable: true } },
});
userPool.addClient('Web', { authFlows: { userSrp: true, userPassword: true } });
new CfnUserPoolGroup(stack, 'Customers', { userPoolId: userPool.userPoolId, groupName: 'customers' });
const table = new TableV2(stack, 'Table', {
  partitionKey: string('PK'),
  sortKey: string('SK'),
  globalSecondaryIndexes: [{ indexName: 'GSI1', partitionKey: string('GSI1PK'), sortKey: string('GSI1SK') }],
});

// A confirmed user gets a profile, which is found by the account, and by the e-mail address in the index.
new UserOnboarding(stack, 'Onboarding', {
  userPool,
  group: OnboardingGroup.named('customers'),
  table,
  record: {
    key: { PK: 'ACCOUNT#<sub>', SK: 'PROFILE' },
    attributes: {
      GSI1PK: 'EMAIL#<email>',
      GSI1SK: 'PROFILE',
      type: 'Profile',
      email: '<email>',
      name: '<given_name> <family_name>',
      address: '<addresses>',
      settings: { language: '<locale>', newsletter: false },
      plan: 'free',
      credits: 10,
      createdAt: '<now>',
    },
  },
});
