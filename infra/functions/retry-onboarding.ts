import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from '../access/allow';
import { allowKey, SEND_TO_QUEUE } from '../access/encryption';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import type { TimeBudget } from '../settings/time-budget';
import { OnboardingFunction } from './onboarding-function';

/** What the function starts for each user, the queue that it reads, and the queue for invalid messages. */
export interface RetryOnboardingFunctionProps {
  readonly userPool: IUserPool;
  readonly stateMachine: IStateMachine;
  readonly retryQueue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly times: TimeBudget;
  readonly settings: ResolvedSettings;
}

/** The consumer of the retry queue. */
export class RetryOnboardingFunction extends OnboardingFunction {
  constructor(scope: Construct, id: string, props: RetryOnboardingFunctionProps) {
    const { userPool, stateMachine, retryQueue, deadLetterQueue, times, settings } = props;
    super(scope, id, {
      description: 'Onboards the users who wait in the retry queue',
      timeout: times.batch,
      environment: {
        STATE_MACHINE_ARN: stateMachine.stateMachineArn,
        RETRY_QUEUE_URL: retryQueue.queueUrl,
        DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl,
        USER_POOL_ID: userPool.userPoolId,
        EXECUTION_TIME: String(times.execution.toMilliseconds()),
      },
      settings,
    });
    this.addToRolePolicy(allow('states:StartSyncExecution', stateMachine.stateMachineArn));
    this.addToRolePolicy(allow('sqs:SendMessage', deadLetterQueue.queueArn));
    // SEND_TO_QUEUE includes kms:Decrypt, which StartSyncExecution and an encrypted event source need, too.
    allowKey(this.role, settings.encryptionKey, ...SEND_TO_QUEUE);
  }
}
