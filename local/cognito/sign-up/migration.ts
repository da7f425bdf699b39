import { attributesFromRecord, type User } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from '../../aws/api';
import { context } from '../emulator/context';
import type { CognitoParts } from '../tokens/parts';
import { metadata } from '../triggers/triggers';
import { newNames } from '../users/usernames';
import type { App } from '../users/users';
import { newUser } from './create-user';

/** The part of the trigger's answer that is read. */
interface Migration {
  readonly userAttributes?: Record<string, string>;
  readonly finalUserStatus?: string;
}

/**
 * Asks the user migration trigger for a user whom the user pool does not have, and creates them.
 *
 * A migrated user fires no post confirmation trigger.
 *
 * @param password the password that the user typed; a forgotten one is not known.
 * @returns null if there is no such trigger, or if it does not know the user.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
 */
export async function migratedUser(
  { triggers, now }: CognitoParts,
  { client, userPool }: App,
  source: 'Authentication' | 'ForgotPassword',
  userName: string,
  { ClientMetadata }: Input,
  password?: string,
): Promise<User | null> {
  const response = (await triggers.call(userPool, 'UserMigration', {
    source,
    userName,
    clientId: client.ClientId,
    request: {
      password: password ?? null,
      validationData: source === 'Authentication' ? (ClientMetadata ?? null) : null,
      userAttributes: null,
      ...metadata(source === 'ForgotPassword' ? ClientMetadata : undefined),
    },
    response: {
      userAttributes: null,
      forceAliasCreation: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
    },
  })) as Migration | undefined;
  if (!response?.userAttributes) return null;
  const { username, sub, attributes } = await newNames(userPool, userName, recordOf(response.userAttributes));
  const UserStatus = response.finalUserStatus ?? 'RESET_REQUIRED';
  if (!['CONFIRMED', 'RESET_REQUIRED', 'FORCE_CHANGE_PASSWORD'].includes(UserStatus))
    throw new AwsError('InvalidLambdaResponseException', `Unknown finalUserStatus ${UserStatus}.`);
  const user = newUser({ Username: username, UserStatus, Password: password ?? '' }, sub, attributes, now());
  await userPool.saveUser(context, user);
  return user;
}

/** The trigger may send the name as an attribute. It is no attribute. */
function recordOf({ username: _, ...attributes }: Record<string, string>) {
  return attributesFromRecord(attributes);
}
