import { setTimeout as delay } from 'node:timers/promises';

/** In ms. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [100, 2_000];

/** How long to wait, in ms, and what ends it early. */
export interface Patience {
  readonly timeLimit: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks until there is an answer.
 *
 * @returns undefined after the time limit.
 * @throws the reason of the signal.
 */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  { timeLimit, signal }: Patience,
): Promise<T | undefined> {
  const deadline = Date.now() + timeLimit;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    const left = deadline - Date.now();
    if (left <= 0) return undefined;
    // The signal is looked at in the next round, so that its own reason is thrown.
    await delay(Math.min(pause, left), undefined, { signal }).catch(() => {});
  }
}
