import { randomUUID } from 'node:crypto';
import {
  attributesAppend,
  attributesFromRecord,
  type User,
  type UserPoolService,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import { context } from '../emulator/context';
import { askPreSignUp, newUser, withUnverified } from '../sign-up/create-user';
import { postConfirmation } from '../sign-up/post-confirmation';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { hasIdentity, withIdentities } from './identities';
import type { IdentityProviders } from './identity-providers';

/** A person who comes from an identity provider. */
export interface FederatedPerson {
  readonly userPoolId: string;
  readonly provider: string;
  /** The user's attributes in the user pool. `sub` is also their id at the provider. */
  readonly attributes: Record<string, string>;
}

/**
 * Signs a person in through an identity provider.
 *
 * The first time, Cognito calls the pre sign-up trigger, creates a user and calls the post confirmation trigger,
 * unless the account is linked to a user already. Every time, the user gets the attributes of the provider.
 *
 * @returns the user's `sub`.
 * @throws AwsError NotAuthorizedException for a disabled user, or as a trigger fails.
 */
export async function signInFederated(
  parts: CognitoParts,
  providers: IdentityProviders,
  { userPoolId, provider, attributes }: FederatedPerson,
): Promise<string> {
  const userPool = await parts.users.poolOf({ UserPoolId: userPoolId });
  const userId = attributes.sub ?? randomUUID();
  const known = await findByIdentity(userPool, provider, userId);
  if (!known) {
    const providerType = providers.typeOf(userPoolId, provider);
    return subOf(await firstSignIn(parts, userPool, { provider, providerType, userId, attributes }));
  }
  if (!known.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  const { sub: _, ...mapped } = attributes;
  const Attributes = attributesAppend(known.Attributes, ...attributesFromRecord(mapped));
  await userPool.saveUser(context, { ...known, Attributes, UserLastModifiedDate: new Date(parts.now()) });
  return subOf(known);
}

/** The user who signs in by an account at an identity provider. */
export async function findByIdentity(
  userPool: UserPoolService,
  provider: string,
  userId: string,
): Promise<User | undefined> {
  return (await userPool.listUsers(context)).find((user) => hasIdentity(user, provider, userId));
}

async function firstSignIn(
  { triggers, now }: CognitoParts,
  userPool: UserPoolService,
  person: { provider: string; providerType: string; userId: string; attributes: Record<string, string> },
): Promise<User> {
  const { provider, providerType, userId, attributes } = person;
  const { sub = randomUUID(), ...mapped } = attributes;
  const username = `${provider}_${userId}`;
  await askPreSignUp(triggers, userPool, {
    source: 'ExternalProvider',
    username,
    clientId: null,
    attributes: attributesFromRecord(mapped),
  });
  const fields = { Username: username, UserStatus: 'EXTERNAL_PROVIDER', Password: '' };
  const user = withIdentities(
    newUser(fields, sub, withUnverified(attributesFromRecord(mapped), ['email']), now()),
    [{ userId, providerName: provider, providerType, issuer: null, primary: true, dateCreated: now() }],
  );
  await userPool.saveUser(context, user);
  await postConfirmation(triggers, userPool, user, 'ConfirmSignUp', {});
  return user;
}
