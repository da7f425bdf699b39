import type { HistoryEvent } from './execution-history';

/** An execution; its times are in ms since 1970. */
export interface Execution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly startDate: number;
  readonly input: unknown;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  stopDate?: number;
  output?: unknown;
  error?: string;
  cause?: string;
  history: () => HistoryEvent[];
  /** Ends it from outside, if it still runs. The work of its tasks is not undone. */
  abort: (reason?: AbortReason) => void;
}

/** The error and the cause that the caller gives for ending an execution. */
export interface AbortReason {
  readonly error?: string;
  readonly cause?: string;
}
