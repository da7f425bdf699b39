import {
  attribute,
  attributesAppend,
  attributeValue,
  type User,
} from 'cognito-local/lib/services/userPoolService';

/** An account at an identity provider, as a user's attribute `identities` lists it. */
export interface Identity {
  readonly userId: string;
  readonly providerName: string;
  /** Such as `Google`, `SAML` or `OIDC`. */
  readonly providerType: string;
  readonly issuer: string | null;
  /** Whether the account made the user. */
  readonly primary: boolean;
  /** In ms since 1970. */
  readonly dateCreated: number;
}

/** The accounts by which a user signs in. */
export function identitiesOf({ Attributes }: User): Identity[] {
  return JSON.parse(attributeValue('identities', Attributes) ?? '[]');
}

/** A user with these accounts; without any, the attribute is gone. */
export function withIdentities(user: User, identities: readonly Identity[]): User {
  const value = identities.length > 0 ? JSON.stringify(identities) : undefined;
  return { ...user, Attributes: attributesAppend(user.Attributes, attribute('identities', value)) };
}

/** Whether one of a user's accounts is this one. */
export function hasIdentity(user: User, providerName: string, userId: string): boolean {
  return identitiesOf(user).some((identity) => {
    return identity.providerName === providerName && identity.userId === userId;
  });
}
