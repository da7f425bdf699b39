/** A message that Cognito would have sent. */
export interface Message {
  /** The e-mail address or the phone number. */
  readonly to: string;
  readonly medium: 'EMAIL' | 'SMS';
  /** The code, or the temporary password. */
  readonly code: string;
  readonly purpose: string;
  readonly subject?: string;
  readonly text: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

/** An execution of a state machine; its times are ISO 8601. */
export interface ExecutionSummary {
  readonly name: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly startDate: string;
  /** Undefined while it runs. */
  readonly stopDate?: string;
}

/** An execution with what went in, what came out, and its history. */
export interface Execution extends ExecutionSummary {
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly events: readonly HistoryEvent[];
}

/** An event of an execution's history; `timestamp` is ISO 8601. */
export interface HistoryEvent {
  readonly id: number;
  readonly type: string;
  readonly timestamp: string;
  /** The state that the event belongs to. */
  readonly stateName?: string;
  readonly details: Record<string, unknown>;
}

/** An event that EventBridge took. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
  readonly [member: string]: unknown;
}

/** A line that a function wrote. */
export interface LogLine {
  readonly functionName: string;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  readonly line: string;
}

/** A message of a queue; its times are ISO 8601. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly receiveCount: number;
  readonly sentAt: string;
  /** Undefined if it can be received now. */
  readonly visibleAt?: string;
}

/** What fails or is slow from now on. */
export interface Fault {
  /** As IAM names it, such as `cognito-idp:AdminAddUserToGroup`. */
  readonly action: string;
  /** The error that calls fail with. */
  readonly error?: string;
  /** In ms. */
  readonly delayMs?: number;
  /** Calls beyond this rate are throttled. */
  readonly perSecond?: number;
  /**
   * From 0 to 1.
   *
   * @default - always
   */
  readonly probability?: number;
  /**
   * How often it happens at most.
   *
   * @default - there is no limit
   */
  readonly times?: number;
}

/** A time; its members are added up. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}
