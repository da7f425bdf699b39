import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from '../access/allow';
import { allowKey, SEND_TO_QUEUE } from '../access/encryption';
import { userAttributesEnvironment } from '../record/user-attributes';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import type { TimeBudget } from '../settings/time-budget';
import { OnboardingFunction } from './onboarding-function';

/** What the trigger starts, where it parks users, and which users it accepts. */
export interface PostConfirmationFunctionProps {
  readonly stateMachine: IStateMachine;
  readonly retryQueue: IQueue;
  readonly requireVerifiedEmail: boolean;
  readonly userAttributes: readonly string[];
  readonly times: TimeBudget;
  readonly settings: ResolvedSettings;
}

/** The user pool's post confirmation trigger. */
export class PostConfirmationFunction extends OnboardingFunction {
  constructor(scope: Construct, id: string, props: PostConfirmationFunctionProps) {
    const { stateMachine, retryQueue, requireVerifiedEmail, userAttributes, times, settings } = props;
    const parkingDelay = times.parkingDelay.toSeconds();
    super(scope, id, {
      description: 'Cognito post confirmation trigger: onboards the confirmed user, or parks them',
      // Cognito waits 5 s. The trigger's own cold start uses some of that before this time-out begins.
      timeout: Duration.seconds(4),
      environment: {
        STATE_MACHINE_ARN: stateMachine.stateMachineArn,
        RETRY_QUEUE_URL: retryQueue.queueUrl,
        REQUIRE_VERIFIED_EMAIL: String(requireVerifiedEmail),
        ...userAttributesEnvironment(userAttributes),
        ...(parkingDelay > 0 && { PARKING_DELAY: String(parkingDelay) }),
      },
      settings,
    });
    this.addToRolePolicy(allow('states:StartSyncExecution', stateMachine.stateMachineArn));
    this.addToRolePolicy(allow('sqs:SendMessage', retryQueue.queueArn));
    // SEND_TO_QUEUE includes kms:Decrypt, which the caller of StartSyncExecution needs, too.
    allowKey(this.role, settings.encryptionKey, ...SEND_TO_QUEUE);
  }
}
