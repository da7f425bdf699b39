const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: Record<string, number> = { minute: MINUTE, hour: HOUR, day: DAY };

/**
 * The next time of a schedule after a given one, in ms since 1970.
 *
 * @throws Error for an expression other than once a day or at a rate.
 */
export function nextTime(expression: string, after: number): number {
  const [, minute, hour] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression) ?? [];
  if (minute !== undefined) {
    const today = Math.floor(after / DAY) * DAY + Number(hour) * HOUR + Number(minute) * MINUTE;
    return today > after ? today : today + DAY;
  }
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count === undefined) throw new Error(`there is no model of the schedule ${expression}`);
  const period = Number(count) * (UNITS[unit] as number);
  return (Math.floor(after / period) + 1) * period;
}
