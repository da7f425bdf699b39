import { Stack } from 'aws-cdk-lib';
import { type IUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { allow } from '../../infra/allow';
import { OnboardingStack } from '../../infra/onboarding-stack';
import { TriggerAttachment } from '../../infra/trigger-attachment';
import type { UserOnboarding } from '../../infra/user-onboarding';
import { CloudAssembly } from '../../local/cloud-assembly';
import { testApp } from './stack';

export const TRIGGER_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:trigger';

interface AttachmentOptions {
  readonly replaceTrigger?: boolean;
}

/** A stack that does nothing but attach a trigger to a user pool that exists already. */
export function attachmentTo(userPoolId: string, options: AttachmentOptions = {}): CloudAssembly {
  const stack = new Stack(testApp(), 'Attachment');
  const trigger = LambdaFunction.fromFunctionArn(stack, 'Trigger', TRIGGER_ARN);
  return assemble(stack, userPoolId, () => trigger, options);
}

/** The project's stack, which onboards the users of a user pool that exists already, too. */
export function onboardingOf(userPoolId: string): CloudAssembly {
  const stack = new OnboardingStack(testApp(), 'UserOnboarding');
  return assemble(stack, userPoolId, (userPool) => {
    const onboarding = stack.node.findChild('Onboarding') as UserOnboarding;
    const addUserToGroup = onboarding.node.findChild('AddUserToGroupFunction') as LambdaFunction;
    addUserToGroup.addToRolePolicy(allow('cognito-idp:AdminAddUserToGroup', userPool.userPoolArn));
    return onboarding.triggerFunction;
  });
}

function assemble(
  stack: Stack,
  userPoolId: string,
  triggerOf: (userPool: IUserPool) => IFunction,
  options: AttachmentOptions = {},
): CloudAssembly {
  const userPool = UserPool.fromUserPoolId(stack, 'ExistingUserPool', userPoolId);
  new TriggerAttachment(stack, 'Attachment', { userPool, triggerFunction: triggerOf(userPool), ...options });
  const { directory } = (stack.node.root as ReturnType<typeof testApp>).synth();
  return new CloudAssembly(directory);
}
