import { Newest } from '../../../local/aws/newest';

test('keeps the newest entries in order, and counts all of them', () => {
  const newest = new Newest<number>(3);
  expect(newest.list()).toEqual([]);

  for (const entry of [1, 2, 3, 4, 5]) newest.add(entry);

  expect(newest.list()).toEqual([3, 4, 5]);
  expect(newest.added).toBe(5);
});
