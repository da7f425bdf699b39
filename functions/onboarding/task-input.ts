import type { ConfirmedUser } from './confirmed-user';

/** The payload of a task function: the user, and the calling execution for the log. */
export interface TaskInput {
  readonly confirmedUser: ConfirmedUser;
  /** ARN of the execution. */
  readonly executionArn: string;
  /** The user's group, for the tasks after `AddUserToGroup`; `null` if they have none. */
  readonly group?: string | null;
  /** The results of the application's own steps so far, by the name of the step. */
  readonly steps?: Readonly<Record<string, unknown>>;
}
