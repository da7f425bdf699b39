import { attributesRemove } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import type { CognitoParts } from '../tokens/parts';
import { assertWritable } from '../users/checks';
import { assertPassword } from '../users/password-policy';
import { attributeUpdatePerformers } from './attribute-updates';
import { verificationPerformers } from './verification';

/** What signed-in users do with their own account. */
export function accountPerformers(parts: CognitoParts): Performers {
  const { tokens, now } = parts;
  return {
    ...attributeUpdatePerformers(parts),
    ...verificationPerformers(parts),
    GetUser: async ({ AccessToken }) => {
      const { app, user } = await tokens.authenticate(AccessToken);
      const { ReadAttributes } = app.client;
      const isReadable = ({ Name }: { Name: string }) =>
        Name === 'sub' || (ReadAttributes?.includes(Name) ?? true);
      const { Username, MFAOptions, PreferredMfaSetting, UserMFASettingList } = user;
      const UserAttributes = user.Attributes.filter(isReadable);
      return { Username, UserAttributes, MFAOptions, PreferredMfaSetting, UserMFASettingList };
    },
    ChangePassword: async ({ AccessToken, PreviousPassword, ProposedPassword }) => {
      const { app, user } = await tokens.authenticate(AccessToken);
      if (user.Password && user.Password !== PreviousPassword)
        throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
      const Password = String(ProposedPassword);
      assertPassword(Password, app.userPool.options);
      await app.userPool.saveUser(context, { ...user, Password, UserLastModifiedDate: new Date(now()) });
      return {};
    },
    DeleteUser: async ({ AccessToken }) => {
      const { app, user } = await tokens.authenticate(AccessToken);
      await app.userPool.deleteUser(context, user);
      return {};
    },
    DeleteUserAttributes: async ({ AccessToken, UserAttributeNames }) => {
      const { app, user } = await tokens.authenticate(AccessToken);
      const names = UserAttributeNames as string[];
      assertWritable(
        names.map((Name) => ({ Name })),
        app.client,
      );
      await app.userPool.saveUser(context, {
        ...user,
        Attributes: withoutAttributes(user.Attributes, names),
      });
      return {};
    },
    AdminDeleteUserAttributes: async (input) => {
      const { userPool, user } = await parts.users.findIn(input);
      const names = input.UserAttributeNames as string[];
      await userPool.saveUser(context, { ...user, Attributes: withoutAttributes(user.Attributes, names) });
      return {};
    },
  };
}

/** The actions of signed-in users that the emulator performs, which does not check the token. */
export function checkedPerformers(
  { tokens }: CognitoParts,
  perform: (action: string, input: Input) => Promise<unknown>,
): Performers {
  const actions = ['AssociateSoftwareToken', 'SetUserMFAPreference', 'VerifySoftwareToken'];
  const checked = (action: string) => async (input: Input) => {
    if (input.AccessToken !== undefined) await tokens.authenticate(input.AccessToken);
    return perform(action, input);
  };
  return Object.fromEntries(actions.map((action) => [action, checked(action)]));
}

/** An address that goes takes its verification with it. */
function withoutAttributes(attributes: { Name: string; Value?: string }[], names: readonly string[]) {
  return attributesRemove(attributes, ...names, ...names.map((name) => `${name}_verified`));
}
