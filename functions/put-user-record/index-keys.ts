import { requiredEnvironmentVariable } from '../onboarding/environment';

/** What DynamoDB accepts for an attribute that is in the key of an index. */
export interface IndexKey {
  /** DynamoDB's `S`, `N` or `B`. */
  readonly type: string;
  readonly maxBytes: number;
}

/**
 * Reads the index keys by the name of the attribute from `INDEX_KEYS`.
 *
 * @throws Error if the variable is not set.
 */
export function indexKeys(): Readonly<Record<string, IndexKey>> {
  return JSON.parse(requiredEnvironmentVariable('INDEX_KEYS'));
}

/**
 * The attributes that do not fit the key of an index. DynamoDB would refuse the whole record for them.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function unfitForIndex(
  attributes: Readonly<Record<string, unknown>>,
  keys: Readonly<Record<string, IndexKey>>,
): string[] {
  return Object.entries(keys).flatMap(([name, key]) => {
    return Object.hasOwn(attributes, name) && !fits(attributes[name], key) ? [name] : [];
  });
}

function fits(value: unknown, { type, maxBytes }: IndexKey): boolean {
  if (type === 'N') return typeof value === 'number';
  if (type !== 'S' || typeof value !== 'string') return false;
  return value !== '' && Buffer.byteLength(value) <= maxBytes;
}
