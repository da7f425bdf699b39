import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { awsClientConfig } from './shared/aws-client';
import { parseConfirmedUser } from './shared/confirmed-user';
import { requiredEnvironmentVariable } from './shared/environment';
import { RetryAllButThrottles } from './shared/retry-all-but-throttles';
import type { TaskInput } from './shared/task-input';

const cognito = new CognitoIdentityProviderClient({
  ...awsClientConfig(800),
  retryStrategy: new RetryAllButThrottles(2),
});

/**
 * Adds the user to the group named by `GROUP_NAME`; a member already in it stays in it.
 *
 * @throws Cognito's own errors, by which the state machine decides what to retry.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html
 */
export async function handler({ confirmedUser, executionArn }: TaskInput): Promise<void> {
  const { userPoolId, username, sub } = parseConfirmedUser(confirmedUser);
  await cognito.send(
    new AdminAddUserToGroupCommand({
      UserPoolId: userPoolId,
      Username: username,
      GroupName: requiredEnvironmentVariable('GROUP_NAME'),
    }),
  );
  console.info({ event: 'UserAddedToGroup', sub, executionArn });
}
