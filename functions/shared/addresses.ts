/** A user's addresses keyed by their type (`home`, `work`, …), or by `default` where none is given. */
export type Addresses = Record<string, Record<string, unknown>>;

/** DynamoDB accepts 32 levels; the record itself uses three. */
const MAX_DEPTH = 24;

/**
 * Reads Cognito's `address` attribute; whatever it holds, it must not cost the user their record.
 *
 * A JSON object is stored under its `address_type`. Anything else (plain text, other JSON, an object that
 * DynamoDB could not hold) is stored as the `formatted` text of OIDC's address claim.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AddressClaim
 */
export function addressesOf(attribute: string | undefined): Addresses {
  if (!attribute) return {};
  const address = parseObject(attribute);
  if (!address || !isStorable(address)) return { default: { formatted: attribute.toWellFormed() } };
  const { address_type: type, ...rest } = address;
  if (typeof type !== 'string' || !isStorableKey(type)) return { default: address };
  return { [type]: rest };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // plain text is a legal address
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
function isStorable(value: unknown, depth = 1): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return isStorableNumber(Math.abs(value));
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  return Object.entries(value).every(([key, member]) => isStorableKey(key) && isStorable(member, depth + 1));
}

/** DynamoDB refuses empty keys; the SDK's marshalling drops `__proto__` and mistakes `constructor` for a class. */
function isStorableKey(key: string): boolean {
  return key !== '' && key !== '__proto__' && key !== 'constructor' && key.isWellFormed();
}

function isStorableNumber(magnitude: number): boolean {
  return magnitude === 0 || (magnitude >= 1e-130 && magnitude <= Number.MAX_SAFE_INTEGER);
}
