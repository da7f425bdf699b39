/** The times of the promise, in ms. The table "Time budget" in docs/operations.md has those that it promises. */

/** How long Cognito waits for its answer. */
export const ANSWER_TIME = 5_000;

/** How long a message is tried at least before it may be dead. */
export const RETRY_TIME = 3_600_000;

/** How long users and messages may need after a reconciliation has found them. */
export const CATCHING_UP = 30 * 60_000;

/** How long the start of a function and the calls on the way to a queue take together, without faults. */
export const ON_THE_WAY = 1_000;

/** How long a function of a reconciliation may go on after its execution: its longest task, and delays. */
export const LONGEST_TASK = 300_000;

/** How far a list of users may lag behind when it is at its worst. */
export const LIST_LAG = 2 * 60_000;
