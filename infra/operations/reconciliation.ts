import { RemovalPolicy } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { ReconcileUsersFunction, type ReconcileUsersFunctionProps } from '../functions/reconcile-users';
import { ReconciliationStateMachine } from '../state-machines/reconciliation';

/**
 * Once a day, finds the confirmed users of a user pool without a record, and sends them to the retry queue.
 */
export class Reconciliation extends Construct {
  readonly stateMachine: ReconciliationStateMachine;
  /** A separate group, because the schedules of a group share their metrics. */
  readonly scheduleGroup: ScheduleGroup;

  constructor(scope: Construct, id: string, props: ReconcileUsersFunctionProps) {
    super(scope, id);
    this.stateMachine = new ReconciliationStateMachine(this, 'StateMachine', {
      reconcileUsersFunction: new ReconcileUsersFunction(this, 'ReconcileUsersFunction', props),
      settings: props.settings,
    });
    this.scheduleGroup = new ScheduleGroup(this, 'ScheduleGroup', {
      // CDK would retain it. Its name is fixed, so the next deployment could then not create it again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new Schedule(this, 'DailySchedule', {
      scheduleGroup: this.scheduleGroup,
      description: 'Finds confirmed users without a record',
      // A rate would start with the deployment, before anybody can count the users that it will onboard.
      schedule: ScheduleExpression.cron({ minute: '30', hour: '2' }),
      target: new StepFunctionsStartExecution(this.stateMachine, {
        input: ScheduleTargetInput.fromObject({}),
      }),
    });
  }
}
