import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { UserPool, UserPoolClient, UserPoolGroup } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Policy, type Role } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from './allow';
import { OnboardingAlarms } from './onboarding-alarms';
import { OnboardingDashboard } from './onboarding-dashboard';
import { OnboardingFunction } from './onboarding-function';
import { OnboardingGroup } from './onboarding-group';
import { OnboardingStateMachine } from './onboarding-state-machine';
import { OnboardingUserPool } from './onboarding-user-pool';
import { Reconciliation } from './reconciliation';
import type { ReconciliationStateMachine } from './reconciliation-state-machine';
import { RETRY_BATCH_TIMEOUT, RetryQueue } from './retry-queue';

// Cognito waits 5 s, of which the trigger's own cold start takes a part before this time begins to run.
const TRIGGER_FUNCTION_TIMEOUT = Duration.seconds(4);

// Above the definition's task time-out, which is what ends a slow task.
const TASK_FUNCTION_TIMEOUT = Duration.seconds(3);

/** What a {@link UserOnboarding} can be told. */
export interface UserOnboardingProps {
  /**
   * The name of the user pool group that onboarded users join.
   *
   * @default - `users`
   */
  readonly groupName?: string;
  /**
   * The topic to which each alarm is sent, and its end.
   *
   * @default - the alarms tell nobody
   */
  readonly alarmTopic?: ITopic;
}

/** Brings every confirmed user of a Cognito user pool into a group and into a DynamoDB table. */
export class UserOnboarding extends Construct {
  readonly userPool: UserPool;
  readonly userPoolClient: UserPoolClient;
  readonly group: UserPoolGroup;
  /** The IAM role of the group's members. */
  readonly groupRole: Role;
  readonly table: TableV2;
  readonly stateMachine: OnboardingStateMachine;
  /** The user pool's post confirmation trigger. */
  readonly triggerFunction: OnboardingFunction;
  /** Where users wait whose onboarding could not be finished in time. */
  readonly retryQueue: Queue;
  /** Whom retrying did not help, and messages that are no user. */
  readonly deadLetterQueue: Queue;
  /** Onboards those who wait in the retry queue. */
  readonly retryFunction: OnboardingFunction;
  /** Finds confirmed users without a record: once a day, and whenever it is started. */
  readonly reconciliationStateMachine: ReconciliationStateMachine;

  constructor(scope: Construct, id: string, props: UserOnboardingProps = {}) {
    super(scope, id);
    const groupName = props.groupName ?? 'users';

    const users = new OnboardingUserPool(this, 'Users');
    this.userPool = users.userPool;
    this.userPoolClient = users.userPoolClient;
    const members = new OnboardingGroup(this, 'Members', { ...users, groupName });
    this.group = members.group;
    this.groupRole = members.role;
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'PK', type: AttributeType.STRING },
      sortKey: { name: 'SK', type: AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const retry = new RetryQueue(this, 'Retry');
    this.retryQueue = retry.queue;
    this.deadLetterQueue = retry.deadLetterQueue;

    this.stateMachine = new OnboardingStateMachine(this, 'StateMachine', {
      addUserToGroupFunction: this.createAddUserToGroupFunction(groupName),
      putUserRecordFunction: this.createPutUserRecordFunction(),
      retryQueue: this.retryQueue,
    });
    this.triggerFunction = this.createPostConfirmationFunction();
    users.attachPostConfirmation(this.triggerFunction);

    this.retryFunction = this.createRetryOnboardingFunction();
    retry.deliverTo(this.retryFunction);
    this.reconciliationStateMachine = new Reconciliation(this, 'Reconciliation', {
      userPool: this.userPool,
      table: this.table,
      retryQueue: this.retryQueue,
    }).stateMachine;
    this.watch(props.alarmTopic);
  }

  private watch(alarmTopic?: ITopic): void {
    const { triggerFunction, stateMachine, reconciliationStateMachine, retryQueue, deadLetterQueue } = this;
    const watched = { triggerFunction, stateMachine, retryQueue, deadLetterQueue };
    new OnboardingAlarms(this, 'Alarms', { ...watched, reconciliationStateMachine, alarmTopic });
    new OnboardingDashboard(this, 'Dashboard', watched);
  }

  private createAddUserToGroupFunction(groupName: string): OnboardingFunction {
    const addUserToGroup = new OnboardingFunction(this, 'AddUserToGroupFunction', {
      description: 'Adds a confirmed user to the user pool group',
      timeout: TASK_FUNCTION_TIMEOUT,
      environment: { GROUP_NAME: groupName },
    });
    // The pool depends on its trigger, and so on the state machine and on this function, which must therefore
    // not depend on the pool. A policy of its own is the one piece that may name both.
    addUserToGroup.role?.attachInlinePolicy(
      new Policy(this, 'AddUserToGroupPolicy', {
        statements: [allow('cognito-idp:AdminAddUserToGroup', this.userPool.userPoolArn)],
      }),
    );
    return addUserToGroup;
  }

  private createPutUserRecordFunction(): OnboardingFunction {
    const putUserRecord = new OnboardingFunction(this, 'PutUserRecordFunction', {
      description: "Puts a confirmed user's record into the table",
      timeout: TASK_FUNCTION_TIMEOUT,
      environment: { TABLE_NAME: this.table.tableName },
    });
    putUserRecord.addToRolePolicy(allow('dynamodb:PutItem', this.table.tableArn));
    return putUserRecord;
  }

  private createPostConfirmationFunction(): OnboardingFunction {
    const postConfirmation = new OnboardingFunction(this, 'PostConfirmationFunction', {
      description: 'Cognito post confirmation trigger: onboards the confirmed user, or parks them',
      timeout: TRIGGER_FUNCTION_TIMEOUT,
      environment: {
        STATE_MACHINE_ARN: this.stateMachine.stateMachineArn,
        RETRY_QUEUE_URL: this.retryQueue.queueUrl,
      },
    });
    postConfirmation.addToRolePolicy(allow('states:StartSyncExecution', this.stateMachine.stateMachineArn));
    postConfirmation.addToRolePolicy(allow('sqs:SendMessage', this.retryQueue.queueArn));
    return postConfirmation;
  }

  private createRetryOnboardingFunction(): OnboardingFunction {
    const retryOnboarding = new OnboardingFunction(this, 'RetryOnboardingFunction', {
      description: 'Onboards the users who wait in the retry queue',
      timeout: RETRY_BATCH_TIMEOUT,
      environment: {
        STATE_MACHINE_ARN: this.stateMachine.stateMachineArn,
        RETRY_QUEUE_URL: this.retryQueue.queueUrl,
        DEAD_LETTER_QUEUE_URL: this.deadLetterQueue.queueUrl,
      },
    });
    retryOnboarding.addToRolePolicy(allow('states:StartSyncExecution', this.stateMachine.stateMachineArn));
    retryOnboarding.addToRolePolicy(allow('sqs:SendMessage', this.deadLetterQueue.queueArn));
    return retryOnboarding;
  }
}
