import { count, formatDuration } from '../../../../local/console/shared/format';

test.each([
  [-5, '0 ms'],
  [634.4, '634 ms'],
  [1_249, '1.2 s'],
  [40_000, '40 s'],
  [59_600, '1 min 0 s'],
  [200_000, '3 min 20 s'],
  [3_599_900, '1 h 0 min'],
  [7_500_000, '2 h 5 min'],
  [90_000_000, '1 d 1 h'],
])('%d ms is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [1, '1 retry'],
  [0, '0 retries'],
  [5_000, '5,000 retries'],
])('counts %d', (number, text) => {
  expect(count(number, 'retry', 'retries')).toBe(text);
});
