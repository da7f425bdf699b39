import {
  attribute,
  attributesAppend,
  attributeValue,
  type User,
  type UserPoolService,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import { context } from '../emulator/context';

const ADDRESSES = ['email', 'phone_number'] as const;

/**
 * Makes sure that no other user signs in by one of a user's addresses.
 *
 * @param names the attributes that are about to be set or verified.
 * @param takeOver whether another user loses the alias. It then counts as not verified for them.
 * @throws AwsError AliasExistsException
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html#user-pool-settings-aliases-settings
 */
export async function claimAliases(
  userPool: UserPoolService,
  user: User,
  names: readonly string[],
  takeOver: boolean,
): Promise<void> {
  const { AliasAttributes = [], UsernameAttributes = [] } = userPool.options;
  for (const name of names) {
    if (![...AliasAttributes, ...UsernameAttributes].includes(name)) continue;
    const owner = await ownerOf(userPool, user, name);
    if (!owner) continue;
    if (!takeOver || UsernameAttributes.includes(name))
      throw new AwsError('AliasExistsException', `An account with the ${name} already exists.`);
    const Attributes = attributesAppend(owner.Attributes, attribute(`${name}_verified`, 'false'));
    await userPool.saveUser(context, { ...owner, Attributes });
  }
}

/** The attributes among the given ones whose values no other user may sign in by, once they are set. */
export function aliasesAmong({ options }: UserPoolService, attributes: User['Attributes']): string[] {
  const { UsernameAttributes = [] } = options;
  const isActive = (name: string) =>
    UsernameAttributes.includes(name) ||
    name === 'preferred_username' ||
    attributeValue(`${name}_verified`, attributes) === 'true';
  return attributes.map(({ Name }) => Name).filter(isActive);
}

/** The addresses among the attributes that differ from the user's. */
export function newAddresses(user: User, attributes: User['Attributes']): (typeof ADDRESSES)[number][] {
  return ADDRESSES.filter((name) => {
    const value = attributeValue(name, attributes);
    return Boolean(value) && value !== attributeValue(name, user.Attributes);
  });
}

async function ownerOf(userPool: UserPoolService, user: User, name: string): Promise<User | undefined> {
  const value = attributeValue(name, user.Attributes);
  const found = value ? await userPool.getUserByUsername(context, value) : null;
  return found && found.Username !== user.Username ? found : undefined;
}
