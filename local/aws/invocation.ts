/** The outcome of a function's invocation: the handler's answer, or the error in the form of Lambda. */
export interface Outcome {
  /** JSON */
  readonly payload: string;
  readonly failed: boolean;
}

/** Invokes a function, by its name or ARN, with a payload in JSON. */
export type InvokeFunction = (nameOrArn: string, payload: string) => Promise<Outcome>;
