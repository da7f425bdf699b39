/** What may go wrong. */
export type FaultKind =
  /** Calls of an action fail with an error, without an effect. */
  | 'error'
  /** Calls of an action have their effect, but the answer never arrives. */
  | 'lost answer'
  /** Calls of an action take longer. */
  | 'delay'
  /** Lambda does not start a function. */
  | 'invocation refused'
  /** The process of a function ends before or after one of its requests. */
  | 'crash'
  /** The process of a function stands still before one of its requests. */
  | 'stall'
  /** The start of a function's process takes longer. */
  | 'slow start'
  /** An Express execution ends in the middle, and its caller gets an error of the service. */
  | 'halted execution'
  /** Cognito calls the trigger twice at once. */
  | 'trigger called twice'
  /** Somebody else's deployment takes the trigger off the user pool. */
  | 'trigger detached'
  /** SQS delivers messages more than once. */
  | 'message delivered twice'
  /** Other user pools of the account use up the shared quota. */
  | 'quota used up'
  /** ListUsers answers with few users, or none, and a token. */
  | 'short pages'
  /** ListUsers shows users as they were some time ago. */
  | 'stale list'
  /** DynamoDB leaves some keys of a batch unprocessed. */
  | 'unprocessed keys'
  /** SQS refuses some entries of a batch. */
  | 'entries refused'
  /** The event bus refuses an event, and says so in its answer. */
  | 'event refused'
  /** A new version is deployed: every process is replaced. */
  | 'deployment'
  /** Somebody puts a message that is not a user into the retry queue. */
  | 'poison message'
  /** The event source mapping does not poll. */
  | 'mapping disabled'
  /** Somebody stops the reconciliations that run. */
  | 'reconciliation stopped'
  /** Somebody starts a reconciliation. */
  | 'reconciliation started'
  /** Somebody takes members out of the groups, or creates a group anew. */
  | 'members removed';

/** A fault of a schedule. Its times are in ms since the start of the world. */
export interface Fault {
  readonly kind: FaultKind;
  /** An action (`dynamodb:PutItem`), a service (`dynamodb:*`), or the folder of a function. */
  readonly on?: string;
  readonly from: number;
  readonly until: number;
  /** How many of the calls are affected, from 0 to 1. */
  readonly probability: number;
  readonly error?: string;
  /** In ms. */
  readonly time?: number;
  /** The input of an execution, as JSON. */
  readonly input?: string;
}

/** A fault that has no time yet. */
export interface FaultTemplate extends Omit<Fault, 'from' | 'until' | 'probability'> {
  /** @default - made up */
  readonly probability?: number;
  /** In ms. @default - made up */
  readonly length?: number;
}
