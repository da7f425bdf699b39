import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import type { Input } from '../../aws/api';
import { attributesForTrigger, metadata, type Triggers } from '../triggers/triggers';

/**
 * Calls the post confirmation trigger. The user stays confirmed, whatever the trigger answers.
 *
 * @param input the call that confirmed the user; without a `ClientId`, an administrator made it.
 * @throws AwsError as the trigger fails.
 */
export async function postConfirmation(
  triggers: Triggers,
  userPool: UserPoolService,
  user: User,
  source: 'ConfirmSignUp' | 'ConfirmForgotPassword',
  { ClientId, ClientMetadata }: Input,
): Promise<void> {
  await triggers.call(userPool, 'PostConfirmation', {
    source,
    userName: user.Username,
    clientId: ClientId === undefined ? null : String(ClientId),
    request: { userAttributes: attributesForTrigger(user), ...metadata(ClientMetadata) },
  });
}
