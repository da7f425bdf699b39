import type { ConfirmedUser } from './confirmed-user';

/** The payload of a task function: the user, and the execution that asks, for the log. */
export interface TaskInput {
  readonly confirmedUser: ConfirmedUser;
  /** ARN of the execution. */
  readonly executionArn: string;
}
