import { Duration } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from '../access/allow';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { cognitoEnvironment } from '../settings/partition';
import { OnboardingFunction } from './onboarding-function';

/** The user pool, and the trigger that it should have. */
export interface CheckTriggerFunctionProps {
  readonly userPool: IUserPool;
  readonly triggerFunction: IFunction;
  /** Whether somebody else's trigger may be there, because it may call ours. */
  readonly otherTriggerAllowed: boolean;
  readonly settings: ResolvedSettings;
}

/** The function of the state `CheckTrigger`. */
export class CheckTriggerFunction extends OnboardingFunction {
  constructor(scope: Construct, id: string, props: CheckTriggerFunctionProps) {
    const { userPool, triggerFunction, otherTriggerAllowed, settings } = props;
    super(scope, id, {
      description: 'Finds out whether the user pool still has the post confirmation trigger',
      timeout: Duration.seconds(10),
      environment: {
        USER_POOL_ID: userPool.userPoolId,
        TRIGGER_FUNCTION_ARN: triggerFunction.functionArn,
        OTHER_TRIGGER_ALLOWED: String(otherTriggerAllowed),
        ...cognitoEnvironment(scope),
      },
      settings,
    });
    this.addToRolePolicy(allow('cognito-idp:DescribeUserPool', userPool.userPoolArn));
  }
}
