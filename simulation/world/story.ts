import type { Clock } from '../clock/clock';

/** What happened to one user, in words and in order. */
export class Story {
  readonly lines: string[] = [];
  private readonly start: number;

  /** @param sub the user whose story is told; without it, nothing is. */
  constructor(
    private readonly clock: Clock,
    private readonly sub?: string,
  ) {
    this.start = clock.now();
  }

  /**
   * Adds a line if a text is about the user.
   *
   * @param text holds the user's sub, if it is about them.
   */
  tell(text: string, line: () => string): void {
    if (this.sub === undefined || !text.includes(this.sub)) return;
    this.lines.push(`${formatTime(this.clock.now() - this.start)}  ${line()}`);
  }

  get isTold(): boolean {
    return this.sub !== undefined;
  }
}

/** @param time in ms. */
export function formatTime(time: number): string {
  const digits = (value: number, length: number) => String(value).padStart(length, '0');
  const seconds = Math.floor(time / 1000);
  const days = Math.floor(seconds / 86_400);
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  return `day ${days} ${clock.map((value) => digits(value, 2)).join(':')}.${digits(time % 1000, 3)}`;
}
