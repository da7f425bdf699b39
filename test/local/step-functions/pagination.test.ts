import { pageOf } from '../../../local/step-functions/pagination';

const items = Array.from({ length: 1_250 }, (_, index) => index);
const page = (paging: object, of = items) => pageOf(of, { ...paging }, String);

test.each([
  [undefined, 100],
  [0, 100],
  [7, 7],
  [1_000, 1_000],
])('maxResults %j: pages of %d', (maxResults, size) => {
  const { items: first, next } = page({ maxResults });

  expect(first).toEqual(items.slice(0, size));
  expect(page({ maxResults, ...next }).items[0]).toBe(size);
});

test('the pages together are all, and the last has no token', () => {
  const first = page({ maxResults: 1_000 });
  const last = page({ maxResults: 1_000, ...first.next });

  expect([...first.items, ...last.items]).toEqual(items);
  expect(last.next).toEqual({});
  expect(page({ maxResults: 5 }, [])).toEqual({ items: [], next: {} });
});

test('what comes in before a page does not move the next one', () => {
  const { next } = page({ maxResults: 3 });

  expect(page({ maxResults: 2, ...next }, [-2, -1, ...items]).items).toEqual([3, 4]);
});

test.each(['0', '-1', 'x', '1250', '1e2', ''])('the token "%s" is of no page', (nextToken) => {
  expect(() => page({ nextToken })).toThrow(expect.objectContaining({ code: 'InvalidToken' }));
});

test.each([-1, 1_001])('maxResults %d is refused', (maxResults) => {
  expect(() => page({ maxResults })).toThrow(expect.objectContaining({ code: 'ValidationException' }));
});
