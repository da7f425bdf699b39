import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json';
import { OnboardingStack } from '../../infra/onboarding-stack';

/**
 * An app without CloudFormation's validator, which takes seconds. `.ci/run` uses the validator. No construct
 * remembers where it was made, which would take a quarter of the synthesis.
 */
export function testApp(flags: Readonly<Record<string, unknown>> = cdkJson.context): App {
  const outdir = mkdtempSync(join(process.env.TEST_CLOUD_ASSEMBLY as string, 'unit-'));
  const context = { ...flags, 'aws:cdk:disable-creation-stack-traces': true };
  return new App({ context, outdir, builtinCloudFormationValidation: false });
}

/** The stack as it is deployed. */
export function synthesizedStack(): OnboardingStack {
  return new OnboardingStack(testApp(), 'UserOnboarding');
}
