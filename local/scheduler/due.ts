import { Cron } from 'croner';
import type { ScheduleProperties } from './schedule';

/** A span of time; both ends are in ms since 1970. `from` is not part of it, `to` is. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const UNITS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * The last time in a span at which a schedule is due; undefined if it is not due in it.
 *
 * @param createdAt when the schedule was created: a rate counts from there. In ms since 1970.
 * @returns ms since 1970.
 * @throws Error for an expression that EventBridge Scheduler does not have.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function lastDue(properties: ScheduleProperties, createdAt: number, span: Span): number | undefined {
  const { ScheduleExpression = '', ScheduleExpressionTimezone = 'UTC', StartDate, EndDate } = properties;
  const from = Math.max(span.from, StartDate === undefined ? 0 : Date.parse(StartDate) - 1);
  const to = Math.min(span.to, EndDate === undefined ? span.to : Date.parse(EndDate));
  const due = lastBefore(ScheduleExpression, ScheduleExpressionTimezone, createdAt, to);
  return due !== undefined && due > from && due <= to ? due : undefined;
}

function lastBefore(expression: string, timezone: string, createdAt: number, to: number): number | undefined {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  switch (kind) {
    case 'rate':
      return lastOfRate(expression, inner, createdAt, to);
    case 'cron':
      return lastOfCron(inner, timezone, to);
    case 'at':
      // A pattern in the form of a date is due once.
      return new Cron(inner, { timezone, paused: true }).nextRun(new Date(0))?.getTime();
    default:
      throw new Error(`there is no schedule expression ${expression}: use rate(…), cron(…) or at(…)`);
  }
}

function lastOfRate(expression: string, rate: string, createdAt: number, to: number): number | undefined {
  const [, value, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(rate) ?? [];
  const period = Number(value) * (UNITS[unit] ?? 0);
  if (!(period > 0)) throw new Error(`there is no schedule expression ${expression}: use rate(5 minutes)`);
  const count = Math.floor((to - createdAt) / period);
  return count > 0 ? createdAt + count * period : undefined;
}

/** On AWS, 1 is Sunday, and `?` stands for any day. */
function lastOfCron(fields: string, timezone: string, to: number): number | undefined {
  const options = { timezone, paused: true, alternativeWeekdays: true, sloppyRanges: true };
  const cron = new Cron(`0 ${fields.replaceAll('?', '*')}`, options);
  const [last] = cron.previousRuns(1, new Date(to + 1000));
  return last?.getTime();
}
