import fc from 'fast-check';
import { retryDelay } from '../../../functions/retry-onboarding/retry-delay';

const HOUR = 60 * 60;
/** The highest visibility time-out that SQS accepts. */
const SQS_MAXIMUM = 12 * HOUR;

const receiveCount = fc.integer({ min: 1, max: 100_000 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const expectation = (count: number) => {
  const delays = Array.from({ length: 1_000 }, (_, index) => retryDelay(count, () => index / 1_000));
  return delays.reduce((sum, delay) => sum + delay) / delays.length;
};

test.each([
  [1, 30],
  [2, 60],
  [3, 120],
  [10, 15_360],
  [11, 6 * HOUR],
  [1_000_000, 6 * HOUR],
])('after receive %i, a user waits at most %i s, and at least half of that', (count, longest) => {
  expect(retryDelay(count, () => 0)).toBe(longest);
  expect(retryDelay(count, () => 1 - Number.EPSILON)).toBeGreaterThanOrEqual(longest / 2);
});

test('is a whole number of seconds from 15 s to 6 h, which SQS accepts', () => {
  fc.assert(
    fc.property(receiveCount, chance, (count, random) => {
      const delay = retryDelay(count, () => random);

      expect(Number.isInteger(delay)).toBe(true);
      expect(delay).toBeGreaterThanOrEqual(15);
      expect(delay).toBeLessThanOrEqual(6 * HOUR);
      expect(delay).toBeLessThanOrEqual(SQS_MAXIMUM);
    }),
  );
});

test('with the same random number, is never shorter than the one before', () => {
  fc.assert(
    fc.property(receiveCount, chance, (count, random) => {
      expect(retryDelay(count + 1, () => random)).toBeGreaterThanOrEqual(retryDelay(count, () => random));
    }),
  );
});

test('on average doubles up to the longest delay, and stays there', () => {
  for (let count = 2; count <= 10; count += 1) {
    expect(expectation(count) / expectation(count - 1)).toBeCloseTo(2, 1);
  }
  expect(expectation(11)).toBeGreaterThan(expectation(10));
  expect(expectation(12)).toBe(expectation(11));
});

test('is random, so that users who failed together do not come back together', () => {
  const delays = Array.from({ length: 100 }, () => retryDelay(10));

  expect(new Set(delays).size).toBeGreaterThan(50);
});
