import { App } from 'aws-cdk-lib';
import { OnboardingStack } from './onboarding-stack';

const app = new App();
new OnboardingStack(app, 'UserOnboarding', {
  description: 'Onboards every confirmed Cognito user into a group and a table',
});
app.synth();
