/** What the process of a local cloud is told at its start. */
export interface ServerOptions {
  readonly app: string;
  readonly stack?: string;
  readonly strict?: boolean;
  readonly port: number;
}

/** What the process of a local cloud tells when it is up. */
export interface StartedServer {
  readonly endpoint: string;
  /** Of the app's first stack. */
  readonly region: string;
  /** The outputs of each stack, by its name. */
  readonly stackOutputs: Record<string, Record<string, string>>;
  /** The outputs of all stacks. */
  readonly outputs: Record<string, string>;
  readonly notes: readonly string[];
}

/** The first message of the process. */
export type ServerAnswer = { readonly started: StartedServer } | { readonly error: string };
