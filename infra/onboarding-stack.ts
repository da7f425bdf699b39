import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { onboardingProps } from './onboarding-context';
import { UserOnboarding } from './user-onboarding';

/**
 * The onboarding as a separate stack, configured by its context, with an output for every id that a person
 * needs.
 */
export class OnboardingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    new UserOnboarding(this, 'Onboarding', onboardingProps(this)).createOutputs();
  }
}
