import { createHmac } from 'node:crypto';
import type { AppClient } from 'cognito-local/lib/services/appClient';
import { AwsError } from '../../aws/api';

/**
 * Refuses a call of an app client with a secret that does not prove that it knows the secret.
 *
 * @param usernames the names by which the caller may know the user.
 * @throws AwsError NotAuthorizedException
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export function assertSecretHash(
  { ClientId, ClientSecret }: AppClient,
  usernames: readonly unknown[],
  secretHash: unknown,
): void {
  if (!ClientSecret) {
    if (secretHash === undefined) return;
    throw refused(`Client ${ClientId} is not configured with a secret but SECRET_HASH was received`);
  }
  if (secretHash === undefined)
    throw refused(`Client ${ClientId} is configured with secret but SECRET_HASH was not received`);
  const expected = usernames.map((username) =>
    createHmac('sha256', ClientSecret).update(`${username}${ClientId}`).digest('base64'),
  );
  if (!expected.includes(String(secretHash)))
    throw refused(`Unable to verify secret hash for client ${ClientId}`);
}

function refused(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message);
}
