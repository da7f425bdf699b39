import type { ConfirmedUser } from './confirmed-user';
import { requiredEnvironmentVariable } from './environment';

/** The form in which the application wants its users' records. */
export interface RecordFormat {
  readonly partitionKey: string;
  /** Missing if the table has no sort key. */
  readonly sortKey?: string;
  /** What comes before the `sub` in the keys. */
  readonly keyPrefix: string;
}

/**
 * Reads the keys' names and prefix from `PARTITION_KEY`, `SORT_KEY` and `KEY_PREFIX`.
 *
 * @throws Error if the partition key has no name.
 */
export function recordFormat(): RecordFormat {
  return {
    partitionKey: requiredEnvironmentVariable('PARTITION_KEY'),
    sortKey: process.env.SORT_KEY,
    keyPrefix: process.env.KEY_PREFIX ?? '',
  };
}

/**
 * The key of a user's record: `{ PK: 'USER#<sub>', SK: 'USER#<sub>' }`, unless the application names and
 * prefixes its keys otherwise.
 */
export function recordKey({ sub }: ConfirmedUser, format: RecordFormat): Record<string, string> {
  const { partitionKey, sortKey, keyPrefix } = format;
  const key = `${keyPrefix}${sub}`;
  return { [partitionKey]: key, ...(sortKey && { [sortKey]: key }) };
}
