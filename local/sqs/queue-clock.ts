import type { EmulatedQueue } from './messages-by-id';

/** A message in the emulator itself. */
interface DelayedMessage {
  readonly messageId: string;
  /** In ms since 1970. */
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

const ADVANCE = 'x-advance-ms';
const END_DELAY = 'x-end-delay-of';

/**
 * Lets delays end earlier. fauxqs has no clock to set and no call for this, but where it shows a queue, a hook
 * meets the messages themselves.
 *
 * Has to be called before fauxqs is ready.
 */
export function acceptAdvances(app: FauxqsQueues): void {
  app.addHook('preSerialization', async ({ headers }, _, payload) => {
    if (headers[ADVANCE] === undefined && headers[END_DELAY] === undefined) return payload;
    const { messages } = payload as EmulatedQueue;
    for (const message of messages.delayed as readonly DelayedMessage[]) {
      if (message.delayUntil === undefined) continue;
      if (message.messageId === headers[END_DELAY]) message.delayUntil = Date.now();
      message.delayUntil -= Number(headers[ADVANCE] ?? 0);
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
    const response = await app.inject({ path: pathOf(name), headers: { [ADVANCE]: String(ms) } });
    const { url, messages } = response.json() as EmulatedQueue;
    return messages.inflight.map(({ receiptHandle, visibilityDeadline }) => {
      return { QueueUrl: url, ReceiptHandle: receiptHandle, visibilityDeadline };
    });
  });
  return (await Promise.all(inFlight)).flat();
}

/** Ends the delay of one message of a queue. */
export async function endDelay(app: FauxqsQueues, queueName: string, messageId: string): Promise<void> {
  await app.inject({ path: pathOf(queueName), headers: { [END_DELAY]: messageId } });
}

/** Where fauxqs shows a queue. */
export function pathOf(queueName: string): string {
  return `/_fauxqs/queues/${encodeURIComponent(queueName)}`;
}
