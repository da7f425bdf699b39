import { ACCOUNT, arn } from '../aws/environment';
import type { Iam } from '../iam/iam';

/** A schedule as the template describes it. */
export interface ScheduleProperties {
  readonly GroupName?: string;
  readonly Target: ScheduleTarget;
}

interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
}

/** The action that EventBridge Scheduler calls for a target, by the service in the target's ARN. */
const ACTIONS: Record<string, string> = {
  lambda: 'lambda:InvokeFunction',
  sqs: 'sqs:SendMessage',
  states: 'states:StartExecution',
};

/**
 * Checks that a schedule could start its target. The local cloud runs no schedules, but it knows the roles.
 *
 * @throws Error if the schedule's role cannot be assumed, or does not allow it to start the target.
 */
export function assertMayStart(iam: Iam, name: string, target: ScheduleTarget, group = 'default'): void {
  const action = ACTIONS[target.Arn.split(':')[2] ?? ''];
  if (!action)
    throw new Error(`the local cloud does not know the target ${target.Arn} of the schedule ${name}`);
  const role = iam.assume(target.RoleArn, 'scheduler.amazonaws.com', name, {
    'aws:sourcearn': arn('scheduler', `schedule-group/${group}`),
    'aws:sourceaccount': ACCOUNT,
  });
  if (role.may(action, target.Arn)) return;
  throw new Error(
    `the schedule ${name}: its role ${role.roleName} does not allow ${action} on ${target.Arn}`,
  );
}
