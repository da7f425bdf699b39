import { isStorable, isStorableKey } from '../onboarding/storable';

/** A user's addresses keyed by their type (`home`, `work`, …), or by `default` if none is given. */
export type Addresses = Record<string, Record<string, unknown>>;

/**
 * Reads Cognito's `address` attribute. No content of it may keep the user from getting a record.
 *
 * A JSON object is stored whole under its `address_type`, the type included. Anything else (plain text, other JSON, an object that
 * DynamoDB could not store) is stored as the `formatted` text of OIDC's address claim.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AddressClaim
 */
export function addressesOf(attribute: string | undefined): Addresses {
  if (!attribute) return {};
  const address = parseObject(attribute);
  if (!address || !isStorable(address)) return { default: { formatted: attribute.toWellFormed() } };
  const { address_type: type } = address;
  const key = typeof type === 'string' && isStorableKey(type) ? type : 'default';
  return { [key]: address };
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
