import type { Cleanup } from './cleanup';
import type { Clients } from './clients';
import type { Outputs } from './outputs';

/** What every check gets. */
export interface Verification {
  readonly outputs: Outputs;
  readonly clients: Clients;
  readonly cleanup: Cleanup;
  /** Ends every wait. */
  readonly signal: AbortSignal;
  /** How long to wait for each result, in ms. */
  readonly timeLimit: number;
  readonly clientId?: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A check; it answers what it has seen, in a few words. */
export interface Check {
  /** What is checked, such as `the trigger of the user pool`. */
  readonly name: string;
  /** @throws CheckError, or an error of AWS. */
  readonly run: (verification: Verification) => Promise<string>;
}

/** Something is not as it should be. The message says what, and what to do. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
}
