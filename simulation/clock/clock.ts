import TinyQueue from 'tinyqueue';

interface Appointment {
  readonly at: number;
  readonly number: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** Calls off what was to run at some time. */
export type Cancel = () => void;

/**
 * The time of a simulated world, in ms since 1970. It stands still while something runs, and then jumps to
 * the next appointment.
 */
export class Clock {
  private readonly appointments = new TinyQueue<Appointment>(
    [],
    (a, b) => a.at - b.at || a.number - b.number,
  );
  private count = 0;

  constructor(private time: number) {}

  readonly now = (): number => this.time;

  /** Runs something after some time, in ms. */
  after(delay: number, run: () => void): Cancel {
    return this.at(this.time + Math.max(0, delay), run);
  }

  /** Runs something at a time, in ms since 1970. */
  at(at: number, run: () => void): Cancel {
    const appointment = { at, number: this.count++, run, cancelled: false };
    this.appointments.push(appointment);
    return () => {
      appointment.cancelled = true;
    };
  }

  sleep(delay: number): Promise<void> {
    return new Promise((resolve) => this.after(delay, resolve));
  }

  /** Lets the time pass until the given one, in ms since 1970, or until something has happened. */
  async runUntil(end: number, hasHappened: () => boolean = () => false): Promise<void> {
    await settled();
    for (let next = this.appointments.peek(); next && next.at <= end; next = this.appointments.peek()) {
      this.appointments.pop();
      if (next.cancelled) continue;
      this.time = Math.max(this.time, next.at);
      next.run();
      await settled();
      if (hasHappened()) return;
    }
    this.time = Math.max(this.time, end);
  }
}

/**
 * Waits until all promises have settled that can: the next tick comes when no promise is left to settle.
 * Nothing in a simulated world waits for real input.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
