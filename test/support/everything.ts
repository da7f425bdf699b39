/** Whether `npm run test:all` runs, and not `npm test`. */
export const EVERYTHING = process.env.TEST_ALL === 'true';

/**
 * What a test takes of many cases of one kind: in `npm test` those that are named, in `npm run test:all` all.
 *
 * @throws Error for a name that no case has.
 */
export function casesOf<T>(all: Readonly<Record<string, T>>, named: readonly string[]): [string, T][] {
  const unknown = named.filter((name) => !Object.hasOwn(all, name));
  if (unknown.length > 0) throw new Error(`there is no case ${unknown.join(', ')}`);
  return Object.entries(all).filter(([name]) => EVERYTHING || named.includes(name));
}
