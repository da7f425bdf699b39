import { Duration } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { ReconcileUsersFunction, type ReconcileUsersFunctionProps } from './reconcile-users-function';
import { ReconciliationStateMachine } from './reconciliation-state-machine';

/** Finds, once a day, the confirmed users of a user pool who have no record, and sends them to the retry queue. */
export class Reconciliation extends Construct {
  readonly stateMachine: ReconciliationStateMachine;

  constructor(scope: Construct, id: string, props: ReconcileUsersFunctionProps) {
    super(scope, id);
    this.stateMachine = new ReconciliationStateMachine(this, 'StateMachine', {
      reconcileUsersFunction: new ReconcileUsersFunction(this, 'ReconcileUsersFunction', props),
      settings: props.settings,
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
}
