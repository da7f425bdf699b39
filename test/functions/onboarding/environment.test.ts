import { requiredEnvironmentVariable } from '../../../functions/onboarding/environment';

afterEach(() => {
  delete process.env.TABLE_NAME;
});

test('reads the variable', () => {
  process.env.TABLE_NAME = 'users-table';

  expect(requiredEnvironmentVariable('TABLE_NAME')).toBe('users-table');
});

test('reads it again each time', () => {
  process.env.TABLE_NAME = 'users-table';
  requiredEnvironmentVariable('TABLE_NAME');
  process.env.TABLE_NAME = 'another-table';

  expect(requiredEnvironmentVariable('TABLE_NAME')).toBe('another-table');
});

test.each([
  ['missing', undefined],
  ['empty', ''],
])('names the variable when it is %s, and says what to do', (_, value) => {
  if (value !== undefined) process.env.TABLE_NAME = value;

  expect(() => requiredEnvironmentVariable('TABLE_NAME')).toThrow(
    "environment variable TABLE_NAME is not set: set it in the function's configuration",
  );
});
