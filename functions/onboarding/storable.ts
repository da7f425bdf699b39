/** DynamoDB accepts 32 levels; the record itself uses three. */
const MAX_DEPTH = 24;

/**
 * Whether the SDK's marshalling leaves a value unchanged, and DynamoDB can store it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function isStorable(value: unknown, depth = 1): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return isStorableNumber(Math.abs(value));
  if (typeof value !== 'object') return typeof value === 'boolean';
  if (value === null) return true;
  if (depth > MAX_DEPTH) return false;
  return Object.entries(value).every(([key, member]) => isStorableKey(key) && isStorable(member, depth + 1));
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
