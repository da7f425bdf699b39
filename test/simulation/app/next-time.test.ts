import { nextTime } from '../../../simulation/app/next-time';

const at = (text: string) => Date.parse(`2026-01-05T${text}Z`);

test.each([
  ['cron(30 2 * * ? *)', '01:00:00', '02:30:00'],
  ['cron(30 2 * * ? *)', '02:29:59', '02:30:00'],
  ['rate(6 hours)', '05:00:00', '06:00:00'],
])('%s after %s', (expression, after, next) => {
  expect(nextTime(expression, at(after))).toBe(at(next));
});

test('the next day, if the time is over', () => {
  expect(nextTime('cron(30 2 * * ? *)', at('02:30:00'))).toBe(at('02:30:00') + 86_400_000);
});

test('another expression is refused', () => {
  expect(() => nextTime('cron(0 2 ? * MON *)', 0)).toThrow(
    'there is no model of the schedule cron(0 2 ? * MON *)',
  );
});
