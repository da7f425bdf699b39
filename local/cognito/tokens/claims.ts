import type { AppClient } from 'cognito-local/lib/services/appClient';
import { attributesToRecord, type User } from 'cognito-local/lib/services/userPoolService';

type Claims = Record<string, unknown>;

/** What a trigger cannot change: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html */
const RESERVED_IN_ID_TOKEN =
  `acr amr at_hash auth_time azp cognito:username event_id exp iat identities iss jti
  nbf nonce origin_jti sub token_use aud`.split(/\s+/);
const RESERVED_IN_ACCESS_TOKEN =
  `acr amr at_hash auth_time azp client_id cognito:username device_key event_id exp
  iat iss jti nbf nonce origin_jti scope sub token_use username version`.split(/\s+/);

/** The claims of an ID token that a user's attributes are. */
export function attributeClaims({ Attributes }: User, { ReadAttributes }: AppClient): Claims {
  const attributes = Object.entries(attributesToRecord(Attributes)).filter(([name]) => {
    return name === 'sub' || name === 'identities' || (ReadAttributes?.includes(name) ?? true);
  });
  return Object.fromEntries(attributes.map(([name, value]) => [name, claimOf(name, value)]));
}

/** Claims with the changes of a trigger. */
export function changedClaims(
  claims: Claims,
  token: 'id' | 'access',
  {
    claimsToAddOrOverride = {},
    claimsToSuppress = [],
  }: { claimsToAddOrOverride?: Claims; claimsToSuppress?: readonly string[] },
): Claims {
  const reserved = token === 'id' ? RESERVED_IN_ID_TOKEN : RESERVED_IN_ACCESS_TOKEN;
  const mayChange = (name: string) => !reserved.includes(name);
  const suppressed = claimsToSuppress.filter(mayChange);
  const added = Object.entries(claimsToAddOrOverride ?? {}).filter(([name]) => mayChange(name));
  const all = { ...claims, ...Object.fromEntries(added) };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !suppressed.includes(name)));
}

function claimOf(name: string, value: string): unknown {
  if (name === 'identities') return JSON.parse(value);
  return name === 'email_verified' || name === 'phone_number_verified' ? value === 'true' : value;
}
