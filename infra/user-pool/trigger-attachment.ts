import { CustomResource, Duration } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { allow } from '../access/allow';
import { OnboardingFunction } from '../functions/onboarding-function';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { allowCognitoToInvoke } from './allow-cognito';

/** Cognito's changes take seconds; the rest is for waiting while others change the user pool. */
const ATTACH_FUNCTION_TIMEOUT = Duration.minutes(3);

/** What is attached to what. */
export interface TriggerAttachmentProps {
  /** A user pool that this stack does not create; one of its own takes the trigger as a property. */
  readonly userPool: IUserPool;
  readonly triggerFunction: IFunction;
  /**
   * Whether to take the place of another post confirmation trigger, which the user pool gets back when the
   * attachment is deleted.
   *
   * @default false - the deployment fails if there is one
   */
  readonly replaceTrigger?: boolean;
  readonly settings: ResolvedSettings;
}

/**
 * Makes a function the post confirmation trigger of a user pool that exists already, and changes nothing else of
 * the pool; deleting it gives the user pool its previous trigger back.
 */
export class TriggerAttachment extends Construct {
  /**
   * Updates the user pool. Cognito demands of whoever does so what the pool's settings need: a pool that sends
   * SMS wants `iam:PassRole` on its SMS role, for instance. What those settings are is not known at synthesis:
   * the deployment fails with the list, and `addToRolePolicy` allows it.
   */
  readonly attachTriggerFunction: OnboardingFunction;

  constructor(scope: Construct, id: string, props: TriggerAttachmentProps) {
    super(scope, id);
    const { userPool, triggerFunction, replaceTrigger = false, settings } = props;
    const permission = allowCognitoToInvoke(this, triggerFunction, userPool);
    this.attachTriggerFunction = new OnboardingFunction(this, 'AttachTriggerFunction', {
      description: 'Makes the onboarding the post confirmation trigger of a user pool, and undoes it',
      timeout: ATTACH_FUNCTION_TIMEOUT,
      environment: {},
      settings,
    });
    this.attachTriggerFunction.addToRolePolicy(
      allow(['cognito-idp:DescribeUserPool', 'cognito-idp:UpdateUserPool'], userPool.userPoolArn),
    );
    const resource = new CustomResource(this, 'PostConfirmationTrigger', {
      resourceType: 'Custom::PostConfirmationTrigger',
      serviceToken: this.attachTriggerFunction.functionArn,
      // CloudFormation would wait for an hour.
      serviceTimeout: ATTACH_FUNCTION_TIMEOUT.plus(Duration.minutes(1)),
      properties: {
        UserPoolId: userPool.userPoolId,
        FunctionArn: triggerFunction.functionArn,
        ReplaceTrigger: replaceTrigger,
      },
    });
    // A trigger that Cognito may not invoke yet would fail the users who confirm themselves in between.
    resource.node.addDependency(permission);
  }
}
