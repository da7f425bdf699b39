import { Duration, Stack } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Policy } from 'aws-cdk-lib/aws-iam';
import { SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { GroupRule } from '../../functions/onboarding/group-rule';
import { allow } from '../access/allow';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { cognitoEnvironment } from '../settings/partition';
import { OnboardingFunction } from './onboarding-function';

/** Longer than the task time-out in the definition, so that the definition ends a slow task. */
export const TASK_FUNCTION_TIMEOUT = Duration.seconds(3);

/** The rule that chooses the group, and its user pool. */
export interface AddUserToGroupFunctionProps {
  readonly userPool: IUserPool;
  readonly rule: GroupRule;
  readonly settings: ResolvedSettings;
}

/** The function of the state `AddUserToGroup`. */
export class AddUserToGroupFunction extends OnboardingFunction {
  constructor(scope: Construct, id: string, { userPool, rule, settings }: AddUserToGroupFunctionProps) {
    super(scope, id, {
      description: 'Adds a confirmed user to their user pool group',
      timeout: TASK_FUNCTION_TIMEOUT,
      // The execution's log already has each task's time, and Lambda's log lines cost as much as our own.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { GROUP_RULE: Stack.of(scope).toJsonString(rule), ...cognitoEnvironment(scope) },
      settings,
    });
    // The pool depends on its trigger, and so on the state machine and on this function. Therefore this
    // function must not depend on the pool. Only a separate policy may name both.
    this.role?.attachInlinePolicy(
      new Policy(scope, 'AddUserToGroupPolicy', {
        statements: [allow('cognito-idp:AdminAddUserToGroup', userPool.userPoolArn)],
      }),
    );
  }
}
