import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { UserOnboarding } from './user-onboarding';

/** The onboarding as a stack of its own, with an output for every id a person needs. */
export class OnboardingStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const onboarding = new UserOnboarding(this, 'Onboarding');
    const outputs = {
      UserPoolId: onboarding.userPool.userPoolId,
      UserPoolClientId: onboarding.userPoolClient.userPoolClientId,
      GroupName: onboarding.group.groupName,
      TableName: onboarding.table.tableName,
      StateMachineArn: onboarding.stateMachine.stateMachineArn,
      TriggerFunctionName: onboarding.triggerFunction.functionName,
      RetryFunctionName: onboarding.retryFunction.functionName,
      RetryQueueUrl: onboarding.retryQueue.queueUrl,
      RetryQueueArn: onboarding.retryQueue.queueArn,
      DeadLetterQueueUrl: onboarding.deadLetterQueue.queueUrl,
      DeadLetterQueueArn: onboarding.deadLetterQueue.queueArn,
      ReconciliationStateMachineArn: onboarding.reconciliationStateMachine.stateMachineArn,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
