import {
  attributesIncludeMatch,
  type User,
  type UserPoolService,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { claimAliases } from '../users/aliases';
import { assertAttributes, attributesIn } from '../users/checks';
import { assertPassword, temporaryPassword } from '../users/password-policy';
import { newNames } from '../users/usernames';
import { askPreSignUp, newUser } from './create-user';

/** The actions by which administrators create, disable and sign out users. */
export function administrationPerformers(parts: CognitoParts): Performers {
  const { users, tokens, now } = parts;
  return {
    AdminCreateUser: async (input) => {
      const user = await (input.MessageAction === 'RESEND' ? invited(parts, input) : created(parts, input));
      const { Password: _, RefreshTokens: _tokens, ...User } = user;
      return { User };
    },
    AdminSetUserPassword: async (input) => {
      const { userPool, user } = await users.findIn(input);
      const Password = String(input.Password);
      assertPassword(Password, userPool.options);
      const UserStatus = input.Permanent === true ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
      await userPool.saveUser(context, {
        ...user,
        Password,
        UserStatus,
        UserLastModifiedDate: new Date(now()),
      });
      return {};
    },
    AdminDisableUser: async (input) => {
      const { userPool, user } = await users.findIn(input);
      await userPool.saveUser(context, { ...user, Enabled: false, UserLastModifiedDate: new Date(now()) });
      tokens.grants.revokeAll(subOf(user));
      return {};
    },
    AdminUserGlobalSignOut: async (input) => {
      tokens.grants.revokeAll(subOf((await users.findIn(input)).user));
      return {};
    },
  };
}

/** The trigger's answer changes nothing here: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html */
async function created(parts: CognitoParts, input: Input): Promise<User> {
  const userPool = await parts.users.poolOf(input);
  assertAttributes(attributesIn(input), userPool.options);
  const Password = passwordOf(userPool, input);
  const { username, sub, attributes } = await newNames(userPool, String(input.Username), attributesIn(input));
  await askPreSignUp(parts.triggers, userPool, {
    source: 'AdminCreateUser',
    username,
    clientId: null,
    attributes,
    validationData: input.ValidationData,
    clientMetadata: input.ClientMetadata,
  });
  const fields = { Username: username, UserStatus: 'FORCE_CHANGE_PASSWORD', Password };
  const user = newUser(fields, sub, attributes, parts.now());
  const verified = ['email', 'phone_number'].filter((name) => isVerified(user, name));
  await claimAliases(userPool, user, verified, input.ForceAliasCreation === true);
  await userPool.saveUser(context, user);
  if (input.MessageAction !== 'SUPPRESS') await invite(parts, userPool, user, input);
  return user;
}

/** Invites a user again, with a new temporary password. */
async function invited(parts: CognitoParts, input: Input): Promise<User> {
  const { userPool, user } = await parts.users.findIn(input);
  if (user.UserStatus !== 'FORCE_CHANGE_PASSWORD') {
    const message = `Resend not possible. User status is not FORCE_CHANGE_PASSWORD`;
    throw new AwsError('UnsupportedUserStateException', message);
  }
  const renewed = {
    ...user,
    Password: passwordOf(userPool, input),
    UserLastModifiedDate: new Date(parts.now()),
  };
  await userPool.saveUser(context, renewed);
  await invite(parts, userPool, renewed, input);
  return renewed;
}

function passwordOf({ options }: UserPoolService, { TemporaryPassword }: Input): string {
  const password = TemporaryPassword === undefined ? temporaryPassword(options) : String(TemporaryPassword);
  assertPassword(password, options);
  return password;
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html */
async function invite(
  { messages }: CognitoParts,
  userPool: UserPoolService,
  user: User,
  { DesiredDeliveryMediums = ['SMS'], ClientMetadata }: Input,
): Promise<void> {
  const attributes = { EMAIL: 'email', SMS: 'phone_number' };
  for (const [medium, attribute] of Object.entries(attributes)) {
    if (!(DesiredDeliveryMediums as string[]).includes(medium) || !hasAddress(user, attribute)) continue;
    await messages.send({
      userPool,
      user,
      clientId: null,
      purpose: 'AdminCreateUser',
      code: user.Password,
      attribute,
      clientMetadata: ClientMetadata,
    });
  }
}

function hasAddress({ Attributes }: User, name: string): boolean {
  return Attributes.some(({ Name }) => Name === name);
}

function isVerified({ Attributes }: User, name: string): boolean {
  return attributesIncludeMatch(`${name}_verified`, 'true', Attributes);
}
