import * as v from 'valibot';
import { parseJson } from './parse';

const IdentitySchema = v.object({ userId: v.string(), providerName: v.string() });

/**
 * Whether Cognito's attribute `identities` names an identity provider.
 *
 * It is a JSON list with a `userId` and a `providerName` in each entry. Cognito alone writes it.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html
 */
export function hasIdentity(identities: string | undefined): boolean {
  if (!identities) return false;
  const list = listIn(identities);
  return list.some((identity) => v.is(IdentitySchema, identity));
}

/** Nothing that the attribute contains may keep the other users of a page from being onboarded. */
function listIn(identities: string): unknown[] {
  try {
    const list = parseJson(identities);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
