import { RemovalPolicy, Token } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct, type IConstruct } from 'constructs';
import { CheckTriggerFunction, type CheckTriggerFunctionProps } from '../functions/check-trigger';
import { ReconcileUsersFunction, type ReconcileUsersFunctionProps } from '../functions/reconcile-users';
import { ReconciliationStateMachine } from '../state-machines/reconciliation';

/** A custom resource that set the trigger on the user pool. */
export interface AttachedTrigger extends IConstruct {
  readonly attachTriggerFunction: IFunction;
}

/** When the reconciliation runs, what its functions need, and how the user pool got its trigger. */
export interface ReconciliationProps extends ReconcileUsersFunctionProps, CheckTriggerFunctionProps {
  /** @default - every day at 02:30 UTC */
  readonly schedule?: ScheduleExpression;
  /** @default - a trigger that is gone is only told of */
  readonly attachment?: AttachedTrigger;
}

// A rate would start with the deployment, before anybody can count the users that it will onboard.
const DAILY = ScheduleExpression.cron({ minute: '30', hour: '2' });

/** Finds the confirmed users of a user pool without a record, and sends them to the retry queue, on schedule. */
export class Reconciliation extends Construct {
  readonly stateMachine: ReconciliationStateMachine;
  /** Its log says if the user pool has lost the trigger. */
  readonly checkTriggerFunction: CheckTriggerFunction;
  readonly reconcileUsersFunction: ReconcileUsersFunction;
  /** A separate group, because the schedules of a group share their metrics. */
  readonly scheduleGroup: ScheduleGroup;
  readonly schedule: Schedule;

  /** @throws Error for a schedule that runs only once. */
  constructor(scope: Construct, id: string, { schedule = DAILY, ...props }: ReconciliationProps) {
    super(scope, id);
    assertRepeats(schedule);
    const { attachment, userPool, triggerFunction } = props;
    this.checkTriggerFunction = new CheckTriggerFunction(this, 'CheckTriggerFunction', props);
    this.reconcileUsersFunction = new ReconcileUsersFunction(this, 'ReconcileUsersFunction', props);
    this.stateMachine = new ReconciliationStateMachine(this, 'StateMachine', {
      checkTriggerFunction: this.checkTriggerFunction,
      reattachment: attachment && {
        attachTriggerFunction: attachment.attachTriggerFunction,
        userPool,
        triggerFunction,
      },
      reconcileUsersFunction: this.reconcileUsersFunction,
      settings: props.settings,
    });
    this.scheduleGroup = new ScheduleGroup(this, 'ScheduleGroup', {
      // CDK would retain it. Its name is fixed, so the next deployment could then not create it again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.schedule = new Schedule(this, 'Schedule', {
      scheduleGroup: this.scheduleGroup,
      description: 'Finds confirmed users without a record',
      schedule,
      target: new StepFunctionsStartExecution(this.stateMachine, {
        input: ScheduleTargetInput.fromObject({ scheduled: true }),
      }),
    });
    // A deletion then stops the schedule first: a reconciliation could otherwise undo that the trigger is
    // taken off.
    if (attachment) this.schedule.node.addDependency(attachment);
  }
}

function assertRepeats({ expressionString }: ScheduleExpression): void {
  if (Token.isUnresolved(expressionString) || /^(cron|rate)\(/.test(expressionString)) return;
  throw new Error(
    `reconciliationSchedule must be cron(…) or rate(…), which repeat, got: ${expressionString}`,
  );
}
