import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
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
    const onboarding = new UserOnboarding(this, 'Onboarding', onboardingProps(this));
    const outputs = {
      UserPoolId: onboarding.userPool.userPoolId,
      UserPoolClientId: onboarding.userPoolClient?.userPoolClientId,
      GroupName: onboarding.groupNames[0],
      IdentityPoolId: onboarding.identityPool?.ref,
      TableName: onboarding.table.tableName,
      StateMachineArn: onboarding.stateMachine.stateMachineArn,
      TriggerFunctionName: onboarding.triggerFunction.functionName,
      RetryFunctionName: onboarding.retryFunction.functionName,
      RetryQueueUrl: onboarding.retryQueue.queueUrl,
      RetryQueueArn: onboarding.retryQueue.queueArn,
      DeadLetterQueueUrl: onboarding.deadLetterQueue.queueUrl,
      DeadLetterQueueArn: onboarding.deadLetterQueue.queueArn,
      ReconcileUsersFunctionName: onboarding.reconcileUsersFunction.functionName,
      ReconciliationStateMachineArn: onboarding.reconciliationStateMachine.stateMachineArn,
    };
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, name, { value });
    }
  }
}
