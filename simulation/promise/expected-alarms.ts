import type { Clock } from '../clock/clock';
import type { CloudWatch } from '../models/cloudwatch';

/** An alarm that must be raised between two times, in ms since 1970. */
interface ExpectedAlarm {
  readonly heading: string;
  readonly from: number;
  readonly until: number;
}

/** An alarm looks at periods of five minutes; in ms. */
const ALARM_TIME = 10 * 60_000;

/** The alarms that something that has happened must raise. */
export class ExpectedAlarms {
  private readonly expected: ExpectedAlarm[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly cloudWatch: CloudWatch,
  ) {}

  /** @param from the time of what has happened, in ms since 1970. */
  expect(heading: string, from: number): void {
    this.expected.push({ heading, from, until: this.clock.now() + ALARM_TIME });
  }

  /** The headings of the alarms that should have been raised by now, and were not. */
  missing(): string[] {
    const now = this.clock.now();
    return this.expected
      .filter(({ until }) => until <= now)
      .filter(
        ({ heading, from, until }) =>
          !this.cloudWatch.raised(heading).some((at) => at >= from && at <= until),
      )
      .map(({ heading }) => heading);
  }
}
