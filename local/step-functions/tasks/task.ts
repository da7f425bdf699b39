import type { RoleSession } from '../../iam/role-session';

/** An error that a task reports to its state machine, as `ErrorEquals` and the console see it. */
export class TaskError extends Error {
  constructor(
    override readonly name: string,
    cause: string,
  ) {
    super(cause);
  }
}

/** The execution that a task belongs to. */
export interface TaskContext {
  readonly executionArn: string;
  readonly stateMachineArn: string;
}

/** Does the work of a task's `Resource` under the state machine's role. It may throw a {@link TaskError}. */
export type TaskResource = (parameters: never, role: RoleSession, execution: TaskContext) => Promise<unknown>;

/** Whether a task's `Resource` is the ARN of a function, with or without a qualifier. */
export function isFunctionArn(resource: unknown): resource is string {
  return (
    typeof resource === 'string' && /^arn:[\w-]+:lambda:[\w-]*:\d*:function:[^:]+(:[^:]+)?$/.test(resource)
  );
}

/** A state of the type `Task`. */
export interface Task {
  readonly Resource: string;
  readonly Parameters?: unknown;
  readonly TimeoutSeconds?: number;
}

type States = Record<string, Task & { readonly Type: string }>;

/** The tasks of a definition by the names of their states, with those inside Map and Parallel states. */
export function tasksOf(value: unknown): [string, Task][] {
  if (typeof value !== 'object' || value === null) return [];
  const states = Object.entries((value as { States?: States }).States ?? {});
  const own = states.filter(([, { Type }]) => Type === 'Task');
  return [...own, ...Object.values(value).flatMap(tasksOf)];
}
