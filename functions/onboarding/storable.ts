/** DynamoDB accepts 32 levels; the templates of a record have up to six. */
const MAX_LEVELS = 24;

/**
 * Whether the SDK's marshalling leaves a value unchanged, and DynamoDB can store it.
 *
 * @param levels how many objects and lists may be inside one another.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function isStorable(value: unknown, levels = MAX_LEVELS): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return isStorableNumber(Math.abs(value));
  if (typeof value !== 'object') return typeof value === 'boolean';
  if (value === null) return true;
  if (levels === 0) return false;
  return Object.entries(value).every(([key, member]) => isStorableKey(key) && isStorable(member, levels - 1));
}

/**
 * DynamoDB refuses empty keys; the SDK's marshalling drops `__proto__` and mistakes `constructor` for a
 * class.
 */
export function isStorableKey(key: string): boolean {
  return key !== '' && key !== '__proto__' && key !== 'constructor' && key.isWellFormed();
}

function isStorableNumber(magnitude: number): boolean {
  return magnitude === 0 || (magnitude >= 1e-130 && magnitude <= Number.MAX_SAFE_INTEGER);
}

/**
 * The longest value of a key, in bytes of UTF-8.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const MAX_KEY_BYTES = { partitionKey: 2048, sortKey: 1024 };

/** The most bytes for the attribute of a key at this place: the partition key is the first. */
export function maxKeyBytes(index: number): number {
  return index === 0 ? MAX_KEY_BYTES.partitionKey : MAX_KEY_BYTES.sortKey;
}
