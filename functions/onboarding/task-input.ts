import type { ConfirmedUser } from './confirmed-user';

/** The payload of a task function: the user, and the calling execution for the log. */
export interface TaskInput {
  readonly confirmedUser: ConfirmedUser;
  /** ARN of the execution. */
  readonly executionArn: string;
}
