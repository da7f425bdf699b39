import { formatDuration } from '../../local/cli/progress';

/** In ms: a shorter run shows no progress. */
const SHORT = 2_000;

/** In ms: how often a line is written where lines cannot be overwritten. */
const PAUSE = 10_000;

/** The part of a stream that is written to. */
export interface Output {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** Tells on standard error how many users have come, how fast, and how long the rest will take. */
export class Progress {
  private readonly begin: number;
  private users = 0;
  private nextLine: number;

  /** @param now gives the time in ms. */
  constructor(
    private readonly total: number,
    private readonly output: Output = process.stderr,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.begin = now();
    this.nextLine = this.begin + SHORT;
  }

  advance(users: number): void {
    this.users += users;
    if (this.now() < this.nextLine || this.users >= this.total) return;
    const left = (this.time * (this.total - this.users)) / this.users;
    const text = `${this.users} of ${this.total} users, ${this.rate} a second, ${formatDuration(left)} left`;
    this.output.write(this.output.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    if (!this.output.isTTY) this.nextLine = this.now() + PAUSE;
  }

  /** @param memory how much a worker has used at most, in MB. */
  end(memory: number): void {
    if (this.output.isTTY) this.output.write('\r\x1b[K');
    this.output.write(
      `${this.users} users in ${formatDuration(this.time)}, ${this.rate} a second, ${memory} MB in a worker at most\n`,
    );
  }

  /** In ms. */
  private get time(): number {
    return this.now() - this.begin;
  }

  private get rate(): number {
    return Math.round((1000 * this.users) / this.time);
  }
}
