import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { UserOnboarding } from 'confirmed-user-onboarding';

const stack = new Stack(new App(), 'Shop');
const userPool = new UserPool(stack, 'UserPool', { selfSignUpEnabled: true, signInAliases: { email: true } });
const client = userPool.addClient('Web', { authFlows: { userPassword: true } });
new UserOnboarding(stack, 'Onboarding', { userPool, createGroups: true });

new CfnOutput(stack, 'UserPoolId', { value: userPool.userPoolId });
new CfnOutput(stack, 'UserPoolClientId', { value: client.userPoolClientId });
