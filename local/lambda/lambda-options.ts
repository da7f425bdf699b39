/** A line that a function wrote. */
export interface LogLine {
  readonly functionName: string;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  readonly line: string;
}

/** What a person who starts the local cloud may ask of Lambda. */
export interface LambdaOptions {
  /**
   * The function that a debugger may attach to.
   *
   * @default - none
   */
  readonly inspected?: { readonly isInspected: (name: string) => boolean; readonly port: number };
  /** Receives each line of the logs. */
  readonly onLog?: (line: LogLine) => void;
}
