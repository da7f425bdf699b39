import { Duration } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from './allow';
import { OnboardingFunction } from './onboarding-function';
import { ReconciliationStateMachine } from './reconciliation-state-machine';

/** What is compared, and where to those go who are missing. */
export interface ReconciliationProps {
  readonly userPool: IUserPool;
  readonly table: ITableV2;
  readonly retryQueue: IQueue;
}

/** Finds, once a day, the confirmed users of a user pool who have no record, and sends them to the retry queue. */
export class Reconciliation extends Construct {
  readonly stateMachine: ReconciliationStateMachine;

  constructor(scope: Construct, id: string, props: ReconciliationProps) {
    super(scope, id);
    this.stateMachine = new ReconciliationStateMachine(this, 'StateMachine', {
      reconcileUsersFunction: this.createReconcileUsersFunction(props),
    });
    new Schedule(this, 'DailySchedule', {
      description: 'Finds confirmed users without a record',
      // A rate begins with the deployment: users who were there before it need not wait for a time of day.
      schedule: ScheduleExpression.rate(Duration.days(1)),
      target: new StepFunctionsStartExecution(this.stateMachine, {
        input: ScheduleTargetInput.fromObject({}),
      }),
    });
  }

  private createReconcileUsersFunction({ userPool, table, retryQueue }: ReconciliationProps) {
    const reconcileUsers = new OnboardingFunction(this, 'ReconcileUsersFunction', {
      description: 'Sends the users of one page of the user pool who have no record to the retry queue',
      timeout: Duration.seconds(60),
      environment: {
        USER_POOL_ID: userPool.userPoolId,
        TABLE_NAME: table.tableName,
        RETRY_QUEUE_URL: retryQueue.queueUrl,
      },
    });
    reconcileUsers.addToRolePolicy(allow('cognito-idp:ListUsers', userPool.userPoolArn));
    reconcileUsers.addToRolePolicy(allow('dynamodb:BatchGetItem', table.tableArn));
    reconcileUsers.addToRolePolicy(allow('sqs:SendMessage', retryQueue.queueArn));
    return reconcileUsers;
  }
}
