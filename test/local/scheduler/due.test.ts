import { lastDue } from '../../../local/scheduler/due';

const day = (time: string) => Date.parse(`2026-11-${time}Z`);
const properties = (ScheduleExpression: string, more = {}) => ({
  ScheduleExpression,
  Target: { Arn: '', RoleArn: '' },
  ...more,
});
/** From Thursday noon to Sunday noon; the schedule was created on Thursday at 06:30. */
const due = (expression: string, more = {}) => {
  const span = { from: day('26T12:00:00'), to: day('29T12:00:00') };
  const at = lastDue(properties(expression, more), day('26T06:30:00'), span);
  return at === undefined ? undefined : new Date(at).toISOString().replace(/^2026-11-|:00.000Z$/g, '');
};

test.each([
  ['a rate, from its creation on', 'rate(1 day)', '29T06:30'],
  ['a rate in minutes', 'rate(45 minutes)', '29T11:45'],
  ['a rate that is longer', 'rate(7 days)', undefined],
  ['a time once a day', 'cron(15 3 * * ? *)', '29T03:15'],
  ['the end of the span', 'cron(0 12 * * ? *)', '29T12:00'],
  ['weekdays by name', 'cron(0 18 ? * MON-FRI *)', '27T18:00'],
  ['weekdays by number, where 1 is Sunday', 'cron(0 18 ? * 2-6 *)', '27T18:00'],
  ['steps from a number', 'cron(0/10 8 27 11 ? 2026)', '27T08:50'],
  ['another year', 'cron(0 8 * * ? 2030)', undefined],
  ['a time that comes once', 'at(2026-11-28T01:02:00)', '28T01:02'],
  ['a time that has been', 'at(2026-11-26T11:00:00)', undefined],
])('%s', (_, expression, expected) => {
  expect(due(expression)).toBe(expected);
});

test('the time zone of the schedule counts', () => {
  const more = { ScheduleExpressionTimezone: 'Asia/Tokyo' };

  expect(due('cron(15 3 * * ? *)', more)).toBe('28T18:15');
  expect(due('at(2026-11-28T01:02:00)', more)).toBe('27T16:02');
});

test('nothing is due before its start or after its end', () => {
  expect(due('cron(15 3 * * ? *)', { EndDate: '2026-11-29T03:00:00Z' })).toBe('28T03:15');
  expect(due('cron(15 3 * * ? *)', { EndDate: '2026-11-26T13:00:00Z' })).toBeUndefined();
  expect(due('cron(15 3 * * ? *)', { StartDate: '2026-11-29T04:00:00Z' })).toBeUndefined();
});

test.each(['rate(0 days)', 'rate(5 weeks)', 'daily'])('%s is refused', (expression) => {
  expect(() => due(expression)).toThrow(`there is no schedule expression ${expression}`);
});
