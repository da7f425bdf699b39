import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json';
import { OnboardingStack } from '../../infra/onboarding-stack';

/**
 * An app without CloudFormation's validator, which takes seconds. `.ci/run` uses the validator. What no test looks
 * at and takes half of a synthesis is left out: the constructs' stack traces, copies of the bundles, the tree.
 * Warnings are in the constructs' metadata, and are not printed.
 */
export function testApp(flags: Readonly<Record<string, unknown>> = cdkJson.context): App {
  const outdir = mkdtempSync(join(process.env.TEST_CLOUD_ASSEMBLY as string, 'unit-'));
  const context = {
    'aws:cdk:disable-creation-stack-traces': true,
    'aws:cdk:disable-asset-staging': true,
    '@aws-cdk/core:failSynthOnValidationErrors': false,
    ...flags,
  };
  return new App({
    context,
    outdir,
    builtinCloudFormationValidation: false,
    analyticsReporting: false,
    treeMetadata: false,
  });
}

/** The stack as it is deployed. */
export function synthesizedStack(): OnboardingStack {
  return new OnboardingStack(testApp(), 'UserOnboarding');
}

/** The warnings of a stack's constructs, and what else is noted of them. A validation adds its own in the synthesis. */
export function warningsIn(stack: Stack): string {
  const entries = stack.node.findAll().flatMap(({ node }) => node.metadata);
  return entries.map(({ data }) => String(data)).join('\n');
}
