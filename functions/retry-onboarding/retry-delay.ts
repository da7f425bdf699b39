const FIRST_DELAY = 30;
const LONGEST_DELAY = 6 * 60 * 60;

/**
 * How long a user waits in the queue for the next retry, in s: 30 s at first, twice as long each time, and
 * 6 h at most. A random part of up to half is subtracted, so that users who failed together do not come back
 * together.
 *
 * @param receiveCount how often the message was received, from 1.
 */
export function retryDelay(receiveCount: number, random = Math.random): number {
  const delay = Math.min(FIRST_DELAY * 2 ** (receiveCount - 1), LONGEST_DELAY);
  return Math.ceil(delay * (1 - random() / 2));
}
