/** A line of a log group; its time is in ms since 1970. */
export interface LogEvent {
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly message: string;
}

/** The lines that a service has written into a log group, given its name, since a time in ms since 1970. */
export type LogSource = (logGroupName: string, since: number) => readonly LogEvent[];
