import type { User } from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import { context } from '../emulator/context';
import { migratedUser } from '../sign-up/migration';
import type { CognitoParts } from '../tokens/parts';
import { attributesForTrigger, metadata } from '../triggers/triggers';
import { type App, hidesUsers } from '../users/users';

/** A sign-in that begins. */
export interface Attempt {
  readonly app: App;
  /** The name that the user typed. */
  readonly username: string;
  /** The password that the user typed, if the flow sends it. */
  readonly password?: string;
  readonly clientMetadata?: unknown;
}

/**
 * Finds the user who signs in, after the triggers that decide about it.
 *
 * @returns null for an unknown user, if the app client must not tell.
 * @throws AwsError UserNotFoundException, NotAuthorizedException for a disabled user, or as a trigger fails.
 */
export async function signingIn(parts: CognitoParts, attempt: Attempt): Promise<User | null> {
  const { app, username, password, clientMetadata } = attempt;
  const { client, userPool } = app;
  const found = await userPool.getUserByUsername(context, username);
  if (found || hidesUsers(client)) await preAuthentication(parts, attempt, found);
  if (found && !found.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  if (found) return found;
  const input = { ClientMetadata: clientMetadata };
  const migrated = password && (await migratedUser(parts, app, 'Authentication', username, input, password));
  if (migrated) return migrated;
  if (hidesUsers(client)) return null;
  throw new AwsError('UserNotFoundException', 'User does not exist.');
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html */
async function preAuthentication(
  { triggers }: CognitoParts,
  { app: { client, userPool }, username, clientMetadata }: Attempt,
  user: User | null,
): Promise<void> {
  await triggers.call(userPool, 'PreAuthentication', {
    source: 'Authentication',
    userName: user?.Username ?? username,
    clientId: client.ClientId,
    request: {
      userAttributes: user ? attributesForTrigger(user) : {},
      validationData: clientMetadata ?? null,
      ...(hidesUsers(client) && { userNotFound: !user }),
    },
  });
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html */
export async function postAuthentication(
  { triggers }: CognitoParts,
  { client, userPool }: App,
  user: User,
  clientMetadata: unknown,
): Promise<void> {
  await triggers.call(userPool, 'PostAuthentication', {
    source: 'Authentication',
    userName: user.Username,
    clientId: client.ClientId,
    request: {
      userAttributes: attributesForTrigger(user),
      newDeviceUsed: false,
      ...metadata(clientMetadata),
    },
  });
}

/** The error for a wrong password, which does not say what was wrong. */
export function wrongPassword(): AwsError {
  return new AwsError('NotAuthorizedException', 'Incorrect username or password.');
}
