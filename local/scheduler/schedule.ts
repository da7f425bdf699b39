import { arn, type Environment } from '../aws/environment';
import type { Iam } from '../iam/iam';
import type { RoleSession } from '../iam/role-session';

/** A schedule as the template describes it. */
export interface ScheduleProperties {
  readonly GroupName?: string;
  readonly ScheduleExpression?: string;
  /** @default - UTC */
  readonly ScheduleExpressionTimezone?: string;
  /** ISO 8601. */
  readonly StartDate?: string;
  /** ISO 8601. */
  readonly EndDate?: string;
  readonly State?: 'ENABLED' | 'DISABLED';
  readonly Target: ScheduleTarget;
}

/** What a schedule starts. */
export interface ScheduleTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  /** For a FIFO queue. */
  readonly SqsParameters?: { readonly MessageGroupId?: string };
}

/** The action that EventBridge Scheduler calls for a target, by the service in the target's ARN. */
const ACTIONS: Record<string, string> = {
  lambda: 'lambda:InvokeFunction',
  sqs: 'sqs:SendMessage',
  states: 'states:StartExecution',
};

/** Whether the local cloud plays the service of a target. */
export function canStart(targetArn: string): boolean {
  return actionOf(targetArn) !== undefined;
}

function actionOf(targetArn: string): string | undefined {
  return ACTIONS[targetArn.split(':')[2] ?? ''];
}

/**
 * Checks that a schedule could start its target.
 *
 * @returns the role under which it starts the target.
 * @throws Error if the schedule's role cannot be assumed, or does not allow it to start the target.
 */
export function assertMayStart(
  iam: Iam,
  name: string,
  { GroupName = 'default', Target }: ScheduleProperties,
  environment: Environment,
): RoleSession {
  const action = actionOf(Target.Arn);
  if (!action)
    throw new Error(`the local cloud does not know the target ${Target.Arn} of the schedule ${name}`);
  const role = iam.assume(Target.RoleArn, 'scheduler.amazonaws.com', name, {
    'aws:requestedregion': environment.region,
    'aws:sourcearn': arn('scheduler', `schedule-group/${GroupName}`, environment),
    'aws:sourceaccount': environment.account,
  });
  if (role.may(action, Target.Arn)) return role;
  throw new Error(
    `the schedule ${name}: its role ${role.roleName} does not allow ${action} on ${Target.Arn}`,
  );
}
