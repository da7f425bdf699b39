import { App } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json';
import { OnboardingStack } from '../../infra/onboarding-stack';

/** The stack without the seconds that CloudFormation's validator takes; `.ci/run` synthesizes with it. */
export function synthesizedStack(): OnboardingStack {
  const app = new App({ context: cdkJson.context, builtinCloudFormationValidation: false });
  return new OnboardingStack(app, 'UserOnboarding');
}
