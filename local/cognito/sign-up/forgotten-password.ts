import {
  attributesIncludeMatch,
  type User,
  type UserPool,
  type UserPoolService,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import { wrongCode } from '../messages/codes';
import { type CodeDeliveryDetails, deliveryDetails } from '../messages/messages';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { assertPassword } from '../users/password-policy';
import { assertSecretHash } from '../users/secret-hash';
import { hidesUsers, unknownUser } from '../users/users';
import { migratedUser } from './migration';
import { postConfirmation } from './post-confirmation';

/** The actions by which a user gets a new password without the old one. */
export function forgottenPasswordPerformers(parts: CognitoParts): Performers {
  return {
    ForgotPassword: (input) => forgotPassword(parts, input),
    ConfirmForgotPassword: (input) => confirmForgotPassword(parts, input),
    AdminResetUserPassword: async (input) => {
      const { userPool, user } = await parts.users.findIn(input);
      await sendCode(parts, userPool, user, input);
      await userPool.saveUser(context, { ...user, UserStatus: 'RESET_REQUIRED' });
      return {};
    },
  };
}

async function forgotPassword(parts: CognitoParts, input: Input): Promise<unknown> {
  const { client, userPool } = await parts.users.appOf(input);
  assertSecretHash(client, [input.Username], input.SecretHash);
  const user =
    (await userPool.getUserByUsername(context, String(input.Username))) ??
    (await migratedUser(parts, { client, userPool }, 'ForgotPassword', String(input.Username), input));
  if (!user && hidesUsers(client))
    return { CodeDeliveryDetails: deliveryDetails('email', String(input.Username)) };
  if (!user) throw unknownUser();
  if (!user.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  if (user.UserStatus === 'FORCE_CHANGE_PASSWORD' || user.UserStatus === 'EXTERNAL_PROVIDER') {
    const message = 'User password cannot be reset in the current state.';
    throw new AwsError('NotAuthorizedException', message);
  }
  return { CodeDeliveryDetails: await sendCode(parts, userPool, user, input) };
}

async function confirmForgotPassword(parts: CognitoParts, input: Input): Promise<unknown> {
  const { users, codes, triggers, now } = parts;
  const { client, userPool } = await users.appOf(input);
  assertSecretHash(client, [input.Username], input.SecretHash);
  assertPassword(String(input.Password), userPool.options);
  const user = await userPool.getUserByUsername(context, String(input.Username));
  if (!user) throw hidesUsers(client) ? wrongCode() : unknownUser();
  codes.check(subOf(user), 'ForgotPassword', input.ConfirmationCode);
  codes.forget(subOf(user), 'ForgotPassword');
  const Password = String(input.Password);
  const reset: User = { ...user, UserStatus: 'CONFIRMED', Password, UserLastModifiedDate: new Date(now()) };
  await userPool.saveUser(context, reset);
  await postConfirmation(triggers, userPool, reset, 'ConfirmForgotPassword', input);
  return {};
}

async function sendCode(
  { codes, messages }: CognitoParts,
  userPool: UserPoolService,
  user: User,
  { ClientId, ClientMetadata }: Input,
): Promise<CodeDeliveryDetails> {
  const attribute = recoveryAddress(userPool.options, user);
  return messages.send({
    userPool,
    user,
    clientId: ClientId === undefined ? null : String(ClientId),
    purpose: 'ForgotPassword',
    code: codes.issue(subOf(user), 'ForgotPassword', { attribute }),
    attribute,
    clientMetadata: ClientMetadata,
  });
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RecoveryOptionType.html */
function recoveryAddress({ AccountRecoverySetting }: UserPool, { Attributes }: User): string {
  const mechanisms = [...(AccountRecoverySetting?.RecoveryMechanisms ?? [])];
  const ordered = mechanisms.sort((a, b) => a.Priority - b.Priority).map(({ Name }) => Name);
  if (ordered[0] === 'admin_only')
    throw new AwsError('NotAuthorizedException', 'Contact administrator to reset password.');
  const names = ordered.length > 0 ? ordered : ['verified_phone_number', 'verified_email'];
  const address = names
    .map((name) => name.replace('verified_', ''))
    .find((name) => attributesIncludeMatch(`${name}_verified`, 'true', Attributes));
  if (address) return address;
  throw new AwsError(
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  );
}
