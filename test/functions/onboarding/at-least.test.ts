import { atLeast } from '../../../functions/onboarding/at-least';

// The fake timers do not replace this module's timers by themselves.
jest.mock('node:timers/promises', () => ({
  setTimeout: (time: number) => new Promise((resolve) => setTimeout(resolve, time)),
}));

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => jest.useRealTimers());

const workOf = (time: number) =>
  new Promise<string>((resolve) => setTimeout(() => resolve('the result'), time));

test.each([
  ['work that is done already', 0, 100],
  ['faster work', 99, 100],
  ['work that takes just as long', 100, 100],
  ['slower work, which is not delayed further', 250, 250],
])('%s', async (_, time, total) => {
  const settled = jest.fn();
  const result = atLeast(100, time === 0 ? Promise.resolve('the result') : workOf(time));
  void result.then(settled);

  await jest.advanceTimersByTimeAsync(total - 1);
  expect(settled).not.toHaveBeenCalled();

  await jest.advanceTimersByTimeAsync(1);
  expect(settled).toHaveBeenCalledWith('the result');
});

test('fails as the work does', async () => {
  const failure = new Error('slow down');

  await expect(atLeast(100, Promise.reject(failure))).rejects.toBe(failure);
});
