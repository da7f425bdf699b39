import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import type { CognitoParts } from '../tokens/parts';
import { findByIdentity } from './federated-sign-in';
import { hasIdentity, identitiesOf, withIdentities } from './identities';
import type { IdentityProviders } from './identity-providers';

/** An account: at an identity provider, or in the user pool (`Cognito`). */
interface ProviderUser {
  readonly ProviderName?: string;
  readonly ProviderAttributeName?: string;
  readonly ProviderAttributeValue?: string;
}

const MAX_IDENTITIES = 5;

/** The actions by which administrators link accounts at identity providers to users, and take them away. */
export function linkProviderPerformers(parts: CognitoParts, providers: IdentityProviders): Performers {
  return {
    AdminLinkProviderForUser: (input) => link(parts, providers, input),
    AdminDisableProviderForUser: (input) => unlink(parts, input),
  };
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html */
async function link(
  { users, now }: CognitoParts,
  providers: IdentityProviders,
  input: Input,
): Promise<unknown> {
  const userPool = await users.poolOf(input);
  const user = await destination(userPool, input.DestinationUser as ProviderUser);
  const {
    ProviderName = '',
    ProviderAttributeName,
    ProviderAttributeValue = '',
  } = input.SourceUser as ProviderUser;
  if (ProviderAttributeName !== 'Cognito_Subject') {
    throw invalid(
      `the local cloud links by the ProviderAttributeName Cognito_Subject only, not by ${ProviderAttributeName}`,
    );
  }
  if (hasIdentity(user, ProviderName, ProviderAttributeValue))
    throw invalid('SourceUser is already linked to DestinationUser');
  if (await findByIdentity(userPool, ProviderName, ProviderAttributeValue)) {
    throw invalid(
      'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
    );
  }
  const linked = identitiesOf(user);
  if (linked.length >= MAX_IDENTITIES)
    throw new AwsError('LimitExceededException', `A user can have ${MAX_IDENTITIES} linked identities.`);
  const identity = {
    userId: ProviderAttributeValue,
    providerName: ProviderName,
    providerType: providers.typeOf(userPool.options.Id, ProviderName),
    issuer: null,
    primary: false,
    dateCreated: now(),
  };
  await userPool.saveUser(context, withIdentities(user, [...linked, identity]));
  return {};
}

/** A user whom the account made cannot sign in any more. */
async function unlink({ users }: CognitoParts, input: Input): Promise<unknown> {
  const userPool = await users.poolOf(input);
  const { ProviderName = '', ProviderAttributeValue = '' } = input.User as ProviderUser;
  const user = await findByIdentity(userPool, ProviderName, ProviderAttributeValue);
  if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
  const left = identitiesOf(user).filter(({ providerName, userId }) => {
    return providerName !== ProviderName || userId !== ProviderAttributeValue;
  });
  await userPool.saveUser(context, withIdentities(user, left));
  return {};
}

async function destination(
  userPool: UserPoolService,
  { ProviderName = '', ProviderAttributeValue = '' }: ProviderUser,
): Promise<User> {
  const user =
    ProviderName === 'Cognito'
      ? await userPool.getUserByUsername(context, ProviderAttributeValue)
      : await findByIdentity(userPool, ProviderName, ProviderAttributeValue);
  if (user) return user;
  throw new AwsError('UserNotFoundException', 'User does not exist.');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
