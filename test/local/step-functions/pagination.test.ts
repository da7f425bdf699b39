import { pageOf } from '../../../local/step-functions/pagination';

const items = Array.from({ length: 1_250 }, (_, index) => index);

test.each([
  [undefined, 100],
  [0, 100],
  [7, 7],
  [5_000, 1_000],
])('maxResults %j: pages of %d', (maxResults, size) => {
  const { items: page, next } = pageOf(items, { maxResults });

  expect(page).toEqual(items.slice(0, size));
  expect(pageOf(items, { maxResults, ...next }).items[0]).toBe(size);
});

test('the pages together are all, and the last has no token', () => {
  const first = pageOf(items, { maxResults: 1_000 });
  const last = pageOf(items, { maxResults: 1_000, ...first.next });

  expect([...first.items, ...last.items]).toEqual(items);
  expect(last.next).toEqual({});
});

test.each(['0', '-1', 'x', '1250', '1e2', ''])('the token "%s" is of no page', (nextToken) => {
  expect(() => pageOf(items, { nextToken })).toThrow(expect.objectContaining({ code: 'InvalidToken' }));
});
