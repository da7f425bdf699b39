import { readFileSync } from 'node:fs';
import { API_FILE, apiDocument } from '../../scripts/api-document';

test('API.md is what the docstrings say: `npm run api` makes it', () => {
  const document = apiDocument();

  expect(document).toContain('## UserOnboardingProps');
  expect(document).toMatch(/## OnboardingGroup\n\nThe user pool group that a user joins/);
  expect(readFileSync(API_FILE, 'utf8')).toBe(document);
});
