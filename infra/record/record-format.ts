import { inspect, isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isStorable } from '../../functions/onboarding/storable';

/** The form in which an application wants its users' records. */
export interface RecordFormat {
  /**
   * The name of the table's partition key.
   *
   * @default PK
   */
  readonly partitionKey?: string;
  /**
   * The name of the table's sort key, whose value is the partition key's; `false` if the table has none.
   *
   * @default SK
   */
  readonly sortKey?: string | false;
  /**
   * What comes before the user's `sub` in the keys.
   *
   * @default USER#
   */
  readonly keyPrefix?: string;
  /**
   * Attributes of each new record, in addition to those that the onboarding writes.
   *
   * @default { shopping_cart: {} }
   */
  readonly initialAttributes?: Record<string, unknown>;
}

/** The format with all defaults filled in; `sortKey` is missing if the table has none. */
export interface ResolvedRecordFormat {
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly keyPrefix: string;
  readonly initialAttributes: Record<string, unknown>;
}

/** The attributes that `functions/put-user-record/user-record.ts` writes. */
const WRITTEN_ATTRIBUTES = ['username', 'addresses', 'date_created'];

/** Lambda allows 4 KB of environment variables in all. */
const MAX_ATTRIBUTES_LENGTH = 2_048;

/**
 * Fills in the defaults.
 *
 * @throws Error for key names that DynamoDB refuses, or for initial attributes that it cannot store or that
 * would replace others.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function resolveRecordFormat(format: RecordFormat): ResolvedRecordFormat {
  const { partitionKey = 'PK', sortKey = 'SK', keyPrefix = 'USER#' } = format;
  const { initialAttributes = { shopping_cart: {} } } = format;
  const keys = [partitionKey, ...(sortKey === false ? [] : [sortKey])];
  for (const key of keys) assertKeyName(key, keys);
  const taken = [...keys, ...WRITTEN_ATTRIBUTES].find((name) => Object.hasOwn(initialAttributes, name));
  if (taken) throw new Error(`initialAttributes must not contain ${taken}: every record already has it`);
  for (const [name, value] of Object.entries(initialAttributes)) assertStorable(name, value);
  return { partitionKey, ...(sortKey !== false && { sortKey }), keyPrefix, initialAttributes };
}

/**
 * The environment from which the functions read the format.
 *
 * @throws Error if the initial attributes are too long for it.
 */
export function recordEnvironment(scope: Construct, format: ResolvedRecordFormat): Record<string, string> {
  const { length } = JSON.stringify(format.initialAttributes);
  if (length > MAX_ATTRIBUTES_LENGTH) {
    throw new Error(
      `initialAttributes must be at most ${MAX_ATTRIBUTES_LENGTH} characters of JSON, got: ${length}`,
    );
  }
  return {
    ...keyEnvironment(format),
    INITIAL_ATTRIBUTES: Stack.of(scope).toJsonString(format.initialAttributes),
  };
}

/** The part of the environment that is needed to find a record. */
export function keyEnvironment({ partitionKey, sortKey, keyPrefix }: ResolvedRecordFormat) {
  return {
    PARTITION_KEY: partitionKey,
    ...(sortKey && { SORT_KEY: sortKey }),
    ...(keyPrefix && { KEY_PREFIX: keyPrefix }),
  };
}

function assertStorable(name: string, value: unknown): void {
  // Otherwise the function's environment would contain another value, such as {} for a Set.
  const isJson = isDeepStrictEqual(value, JSON.parse(JSON.stringify(value) ?? 'null'));
  if (isJson && isStorable({ [name]: value })) return;
  throw new Error(
    `initialAttributes must be JSON that DynamoDB can store: no empty names, and numbers of up to ` +
      `${Number.MAX_SAFE_INTEGER}, got: ${inspect({ [name]: value })}`,
  );
}

function assertKeyName(key: string, keys: string[]): void {
  if (!key || Buffer.byteLength(key) > 255) {
    throw new Error(`the name of a key must have 1 to 255 bytes, got: "${key}"`);
  }
  if (WRITTEN_ATTRIBUTES.includes(key)) {
    throw new Error(`a key must not be called ${key}: every record has an attribute of that name`);
  }
  if (keys.indexOf(key) !== keys.lastIndexOf(key)) {
    throw new Error(`partition key and sort key must have different names, got: "${key}" for both`);
  }
}
