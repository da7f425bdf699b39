import type { Outcome } from '../aws/invocation';
import { Newest } from '../aws/newest';

/** One run of a function's handler; times are in ms since 1970. The attempts of an event share its request id. */
export interface Invocation {
  readonly requestId: string;
  readonly functionName: string;
  /** The beginning of the payload. */
  readonly payload: string;
  /** In characters, of the whole payload. */
  readonly payloadLength: number;
  /** When it was asked for: before it waited for an execution environment. */
  readonly startedAt: number;
  /** Undefined while it waits for an execution environment: whether that one had to load the function for it. */
  coldStart?: boolean;
  endedAt?: number;
  outcome?: Outcome;
}

/** Most payloads are shorter. */
const KEPT_PAYLOAD = 10_000;

/** Each needs about 3 kB. */
const KEPT_INVOCATIONS = 1_000;

/** The newest invocations of all functions. */
export class Invocations {
  private readonly newest = new Newest<Invocation>(KEPT_INVOCATIONS);

  begin(functionName: string, requestId: string, payload: string): Invocation {
    const kept = payload.slice(0, KEPT_PAYLOAD);
    const payloadLength = payload.length;
    const invocation = { requestId, functionName, payload: kept, payloadLength, startedAt: Date.now() };
    this.newest.add(invocation);
    return invocation;
  }

  /** Oldest first. */
  list(): readonly Invocation[] {
    return this.newest.list();
  }

  /** The attempts with this request id, oldest first. */
  withRequestId(requestId: string): Invocation[] {
    return this.list().filter((one) => one.requestId === requestId);
  }

  /** Whether an invocation that has not ended has this text in its payload, such as the id of a message. */
  isHandling(text: string): boolean {
    return this.list().some(({ payload, endedAt }) => endedAt === undefined && payload.includes(text));
  }

  /** The invocations of a function with this payload, oldest first. */
  withPayload(functionName: string, payload: string): Invocation[] {
    const kept = payload.slice(0, KEPT_PAYLOAD);
    return this.list().filter((one) => one.functionName === functionName && one.payload === kept);
  }
}
