import { CustomResource, Duration } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { allow } from '../access/allow';
import { OnboardingFunction } from '../functions/onboarding-function';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { cognitoEnvironment } from '../settings/partition';
import { allowUserPoolToInvoke } from './allow-cognito';

/** Cognito's changes take seconds; the rest is for waiting while others change the user pool. */
const ATTACH_FUNCTION_TIMEOUT = Duration.minutes(3);

/** The user pool, and the trigger to attach to it. */
export interface TriggerAttachmentProps {
  /** A user pool that this stack does not create. A pool of this stack gets the trigger as a property. */
  readonly userPool: IUserPool;
  readonly triggerFunction: IFunction;
  /**
   * Whether to replace another post confirmation trigger. Deleting the attachment restores that one.
   *
   * @default false - the deployment fails if there is one
   */
  readonly replaceTrigger?: boolean;
  readonly settings: ResolvedSettings;
}

/**
 * Makes a function the post confirmation trigger of an existing user pool, and changes nothing else in the
 * pool. Deleting it restores the previous trigger.
 */
export class TriggerAttachment extends Construct {
  /**
   * Updates the user pool. Cognito may require more permissions for it, because of the pool's settings: a
   * pool that sends SMS needs `iam:PassRole` on its SMS role, for instance. Those settings are not known at
   * synthesis. If permissions are missing, the deployment fails with a list of them: add them with
   * `addToRolePolicy`.
   */
  readonly attachTriggerFunction: OnboardingFunction;

  constructor(scope: Construct, id: string, props: TriggerAttachmentProps) {
    super(scope, id);
    const { userPool, triggerFunction, replaceTrigger = false, settings } = props;
    const permission = allowUserPoolToInvoke(this, triggerFunction, userPool);
    this.attachTriggerFunction = new OnboardingFunction(this, 'AttachTriggerFunction', {
      description: 'Makes the onboarding the post confirmation trigger of a user pool, and undoes it',
      timeout: ATTACH_FUNCTION_TIMEOUT,
      environment: cognitoEnvironment(this),
      settings,
    });
    this.attachTriggerFunction.addToRolePolicy(
      allow(['cognito-idp:DescribeUserPool', 'cognito-idp:UpdateUserPool'], userPool.userPoolArn),
    );
    const resource = new CustomResource(this, 'PostConfirmationTrigger', {
      resourceType: 'Custom::PostConfirmationTrigger',
      serviceToken: this.attachTriggerFunction.functionArn,
      // By default, CloudFormation waits for an hour.
      serviceTimeout: ATTACH_FUNCTION_TIMEOUT.plus(Duration.minutes(1)),
      properties: {
        UserPoolId: userPool.userPoolId,
        FunctionArn: triggerFunction.functionArn,
        ReplaceTrigger: replaceTrigger,
      },
    });
    // Otherwise confirmations would fail until Cognito may invoke the trigger.
    resource.node.addDependency(permission);
  }
}
