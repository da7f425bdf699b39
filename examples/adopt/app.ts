import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnUserPoolGroup, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { OnboardingGroup, UserOnboarding } from 'confirmed-user-onboarding';

const app = new App();
const stack = new Stack(app, 'Shop');

// What this application had before: a user pool, a group, and a table with keys of its own.
const userPool = new UserPool(stack, 'UserPool', {
  selfSignUpEnabled: true,
  signInAliases: { email: true },
  autoVerify: { email: true },
  standardAttributes: { email: { required: true, mutable: true }, address: { mutable: true } },
  removalPolicy: RemovalPolicy.RETAIN,
});
const userPoolClient = userPool.addClient('Web', { authFlows: { userSrp: true, userPassword: true } });
new CfnUserPoolGroup(stack, 'Customers', {
  userPoolId: userPool.userPoolId,
  groupName: 'customers',
});
const accounts = new Table(stack, 'Accounts', {
  partitionKey: { name: 'accountId', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.RETAIN,
});

// What the application adds.
const onboarding = new UserOnboarding(stack, 'Onboarding', {
  userPool,
  group: OnboardingGroup.named('customers'),
  table: accounts,
  record: {
    key: { accountId: 'CUSTOMER#<sub>' },
    attributes: { username: '<username>', plan: 'free', orders: [], createdAt: '<now>' },
  },
});

for (const [name, value] of Object.entries({
  UserPoolId: userPool.userPoolId,
  UserPoolClientId: userPoolClient.userPoolClientId,
  GroupName: onboarding.groupNames[0] ?? '',
  TableName: accounts.tableName,
  RetryQueueUrl: onboarding.retryQueue.queueUrl,
})) {
  new CfnOutput(stack, name, { value });
}
