import { type EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/** In ms: however much happens, a page hears of it no more often. */
const INTERVAL = 250;

/**
 * Tells the page, by server-sent events, that something has changed; what it is, the page reads itself.
 *
 * @param pause waits so many ms.
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
      // Before the page is told: what changes while it reads is news again.
      change = next();
      if (!signal.aborted) await stream.writeSSE({ event: 'change', data: '' });
    }
  });
}

function pauseUnreferenced(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false });
}
