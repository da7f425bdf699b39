import { setTimeout as delay } from 'node:timers/promises';

/** Waits for the work, and for at least the given time in ms, to limit the rate of a loop. */
export async function atLeast<T>(time: number, work: Promise<T>): Promise<T> {
  const [result] = await Promise.all([work, delay(time)]);
  return result;
}
