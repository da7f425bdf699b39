import type { Duration } from './answers';
import type { LocalApi } from './local-api';

/** The time by which the local cloud decides what is due and what is valid. */
export class Clock {
  constructor(private readonly api: LocalApi) {}

  /** @returns the time of the local cloud. */
  async now(): Promise<Date> {
    const { now } = await this.api.get<{ now: string }>('/clock');
    return new Date(now);
  }

  /**
   * Moves the time of the local cloud forward. Functions and clients keep real time.
   *
   * @returns the new time.
   * @throws Error for a duration that is negative or empty.
   */
  async advance(duration: Duration): Promise<Date> {
    const { now } = await this.api.send<{ now: string }>('POST', '/clock', { advance: duration });
    return new Date(now);
  }
}
