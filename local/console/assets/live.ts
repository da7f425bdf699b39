import { type EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** The shortest time between two messages to a page, in ms. */
const INTERVAL = 250;

/**
 * Tells the page, by server-sent events, that something has changed; the page then reads itself again.
 *
 * @param pause waits for a number of ms.
 */
export function streamChanges(c: Context, changes: EventEmitter, pause = pauseUnreferenced): Response {
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    const { signal } = gone;
    stream.onAbort(() => gone.abort());
    const next = () => once(changes, 'change', { signal }).catch(() => {});
    let change = next();
    await stream.writeSSE({ event: 'connected', data: '' });
    while (!signal.aborted) {
      await change;
      await pause(INTERVAL);
      // Listens before the page is told, so a change that comes while the page reads is not missed.
      change = next();
      if (!signal.aborted) await stream.writeSSE({ event: 'change', data: '' });
    }
  });
}

function pauseUnreferenced(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false });
}
