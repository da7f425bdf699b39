import { Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { OnboardingStack } from '../../infra/onboarding-stack';
import { resolveSettings } from '../../infra/settings/onboarding-settings';
import { TriggerAttachment } from '../../infra/user-pool/trigger-attachment';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import { testApp } from './stack';

export const TRIGGER_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:trigger';

interface AttachmentOptions {
  readonly replaceTrigger?: boolean;
}

/** A stack that only attaches a trigger to an existing user pool. */
export function attachmentTo(userPoolId: string, options: AttachmentOptions = {}): CloudAssembly {
  const app = testApp();
  const stack = new Stack(app, 'Attachment');
  new TriggerAttachment(stack, 'Attachment', {
    userPool: UserPool.fromUserPoolId(stack, 'ExistingUserPool', userPoolId),
    triggerFunction: LambdaFunction.fromFunctionArn(stack, 'Trigger', TRIGGER_ARN),
    settings: resolveSettings({}),
    ...options,
  });
  return new CloudAssembly(app.synth().directory);
}

/** The project's stack for the users of an existing user pool. */
export function onboardingOf(userPoolId: string): CloudAssembly {
  const app = testApp();
  app.node.setContext('userPoolId', userPoolId);
  app.node.setContext('attachTrigger', true);
  app.node.setContext('requireVerifiedEmail', true);
  new OnboardingStack(app, 'UserOnboarding');
  return new CloudAssembly(app.synth().directory);
}
