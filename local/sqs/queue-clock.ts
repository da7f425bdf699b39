import type { EmulatedQueue } from './messages-by-id';

/** A message in the emulator itself. */
interface DelayedMessage {
  delayUntil?: number;
}

/** A message that was received, and not yet deleted. */
export interface MessageInFlight {
  readonly QueueUrl: string;
  readonly ReceiptHandle: string;
  /** In ms since 1970. */
  readonly visibilityDeadline: number;
}

/** The parts of fauxqs that this needs. */
export interface FauxqsQueues {
  addHook(
    name: 'preSerialization',
    hook: (request: FauxqsRequest, reply: unknown, payload: unknown) => Promise<unknown>,
  ): unknown;
  inject(request: { path: string; headers?: Record<string, string> }): PromiseLike<{ json(): unknown }>;
}

interface FauxqsRequest {
  readonly headers: Record<string, unknown>;
}

const HEADER = 'x-advance-ms';

/**
 * Lets delays end earlier. fauxqs has no clock to set and no call for this, but where it shows a queue, a hook
 * meets the messages themselves.
 *
 * Has to be called before fauxqs is ready.
 */
export function acceptAdvances(app: FauxqsQueues): void {
  app.addHook('preSerialization', async ({ headers }, _, payload) => {
    if (headers[HEADER] === undefined) return payload;
    const { messages } = payload as EmulatedQueue;
    for (const message of messages.delayed as readonly DelayedMessage[]) {
      if (message.delayUntil !== undefined) message.delayUntil -= Number(headers[HEADER]);
    }
    return payload;
  });
}

/**
 * Moves the delays of all queues forward.
 *
 * @returns the messages in flight, whose visibility has to be changed by their receipt handles.
 */
export async function advanceDelays(app: FauxqsQueues, ms: number): Promise<MessageInFlight[]> {
  const queues = (await app.inject({ path: '/_fauxqs/queues' })).json() as { name: string }[];
  const inFlight = queues.map(async ({ name }) => {
    const path = `/_fauxqs/queues/${encodeURIComponent(name)}`;
    const response = await app.inject({ path, headers: { [HEADER]: String(ms) } });
    const { url, messages } = response.json() as EmulatedQueue;
    return messages.inflight.map(({ receiptHandle, visibilityDeadline }) => {
      return { QueueUrl: url, ReceiptHandle: receiptHandle, visibilityDeadline };
    });
  });
  return (await Promise.all(inFlight)).flat();
}
