import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { ReconcileUsersFunction, type ReconcileUsersFunctionProps } from '../functions/reconcile-users';
import { ReconciliationStateMachine } from '../state-machines/reconciliation';

/** When the reconciliation runs, and what its function needs. */
export interface ReconciliationProps extends ReconcileUsersFunctionProps {
  /** @default - every day at 02:30 UTC */
  readonly schedule?: ScheduleExpression;
}

// A rate would start with the deployment, before anybody can count the users that it will onboard.
const DAILY = ScheduleExpression.cron({ minute: '30', hour: '2' });

/** Finds the confirmed users of a user pool without a record, and sends them to the retry queue, on schedule. */
export class Reconciliation extends Construct {
  readonly stateMachine: ReconciliationStateMachine;
  /** A separate group, because the schedules of a group share their metrics. */
  readonly scheduleGroup: ScheduleGroup;

  /** @throws Error for a schedule that runs only once. */
  constructor(scope: Construct, id: string, { schedule = DAILY, ...props }: ReconciliationProps) {
    super(scope, id);
    assertRepeats(schedule);
    this.stateMachine = new ReconciliationStateMachine(this, 'StateMachine', {
      reconcileUsersFunction: new ReconcileUsersFunction(this, 'ReconcileUsersFunction', props),
      settings: props.settings,
    });
    this.scheduleGroup = new ScheduleGroup(this, 'ScheduleGroup', {
      // CDK would retain it. Its name is fixed, so the next deployment could then not create it again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new Schedule(this, 'Schedule', {
      scheduleGroup: this.scheduleGroup,
      description: 'Finds confirmed users without a record',
      schedule,
      target: new StepFunctionsStartExecution(this.stateMachine, {
        input: ScheduleTargetInput.fromObject({ scheduled: true }),
      }),
    });
  }
}

function assertRepeats({ expressionString }: ScheduleExpression): void {
  if (Token.isUnresolved(expressionString) || /^(cron|rate)\(/.test(expressionString)) return;
  throw new Error(
    `reconciliationSchedule must be cron(…) or rate(…), which repeat, got: ${expressionString}`,
  );
}
