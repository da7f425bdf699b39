import { attributeValue, type User, type UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import { type CodeDeliveryDetails, deliveryDetails } from '../messages/messages';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { claimAliases } from '../users/aliases';
import { assertComplete, assertSignUpAllowed, attributesIn } from '../users/checks';
import { assertSecretHash } from '../users/secret-hash';
import { newNames } from '../users/usernames';
import { hidesUsers } from '../users/users';
import { askPreSignUp, newUser, verifiedUser, withUnverified } from './create-user';
import { postConfirmation } from './post-confirmation';

/** The actions by which people sign themselves up, up to their confirmation. */
export function signUpPerformers(parts: CognitoParts): Performers {
  return {
    SignUp: (input) => signUp(parts, input),
    ResendConfirmationCode: (input) => resend(parts, input),
  };
}

async function signUp(parts: CognitoParts, input: Input): Promise<unknown> {
  const { users, triggers, now } = parts;
  const { client, userPool } = await users.appOf(input);
  assertSecretHash(client, [input.Username], input.SecretHash);
  assertSignUpAllowed(input, { pool: userPool.options, client });
  const { username, sub, attributes } = await newNames(userPool, String(input.Username), attributesIn(input));
  assertComplete(attributes, userPool.options);
  const { autoConfirmUser, verified } = await askPreSignUp(triggers, userPool, {
    source: 'SignUp',
    username,
    clientId: client.ClientId,
    attributes,
    validationData: input.ValidationData,
    clientMetadata: input.ClientMetadata,
  });
  const UserStatus = autoConfirmUser ? 'CONFIRMED' : 'UNCONFIRMED';
  const fields = { Username: username, UserStatus, Password: String(input.Password ?? '') };
  const unverified = withUnverified(attributes, userPool.options.AutoVerifiedAttributes);
  const user = verifiedUser(newUser(fields, sub, unverified, now()), verified);
  await claimAliases(userPool, user, verified, true);
  await userPool.saveUser(context, user);
  const details = autoConfirmUser ? undefined : await sendCode(parts, userPool, user, 'SignUp', input);
  if (autoConfirmUser) await postConfirmation(triggers, userPool, user, 'ConfirmSignUp', input);
  return {
    UserConfirmed: autoConfirmUser,
    UserSub: sub,
    ...(details && { CodeDeliveryDetails: details }),
  };
}

async function resend(parts: CognitoParts, input: Input): Promise<unknown> {
  const { client, userPool } = await parts.users.appOf(input);
  assertSecretHash(client, [input.Username], input.SecretHash);
  const user = await userPool.getUserByUsername(context, String(input.Username));
  if (!user && hidesUsers(client))
    return { CodeDeliveryDetails: deliveryDetails('email', String(input.Username)) };
  const { UserStatus } = await parts.users.find(userPool, input.Username);
  if (!user || UserStatus !== 'UNCONFIRMED')
    throw new AwsError('InvalidParameterException', 'User is already confirmed.');
  const details = await sendCode(parts, userPool, user, 'ResendCode', input);
  if (details) return { CodeDeliveryDetails: details };
  throw new AwsError('InvalidParameterException', 'Cannot resend codes. Auto verification not turned on.');
}

/** Sends the code that confirms a sign-up, if the user pool verifies an address that the user has. */
async function sendCode(
  { codes, messages }: CognitoParts,
  userPool: UserPoolService,
  user: User,
  purpose: 'SignUp' | 'ResendCode',
  { ClientId, ClientMetadata }: Input,
): Promise<CodeDeliveryDetails | undefined> {
  const attribute = addressToVerify(userPool, user);
  if (!attribute) return undefined;
  return messages.send({
    userPool,
    user,
    clientId: String(ClientId),
    purpose,
    code: codes.issue(subOf(user), 'ConfirmSignUp', { attribute }),
    attribute,
    clientMetadata: ClientMetadata,
  });
}

/**
 * The phone number comes first.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
 */
function addressToVerify({ options }: UserPoolService, { Attributes }: User): string | undefined {
  return ['phone_number', 'email'].find((name) => {
    return options.AutoVerifiedAttributes?.includes(name) && attributeValue(name, Attributes);
  });
}
