import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { primeWith } from '../aws-client/primed-agent';
import { taskClientConfig } from '../aws-client/task-client';
import { type ConfirmedUser, parseConfirmedUser } from '../onboarding/confirmed-user';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { EXAMPLE_USER } from '../onboarding/example-user';
import { type GroupRule, groupOf, groupsOf } from '../onboarding/group-rule';
import type { TaskInput } from '../onboarding/task-input';

const cognito = new CognitoIdentityProviderClient(taskClientConfig());

/**
 * Adds the user to the group that the rule in `GROUP_RULE` chooses; a member already in it stays in it.
 *
 * @returns the name of the group, `null` if the rule has none for this user.
 * @throws AttributeUnknownError if what the rule reads was not asked for.
 * @throws Cognito's own errors; their names tell the state machine what to retry.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html
 */
export async function handler({ confirmedUser, executionArn }: TaskInput): Promise<{ group: string | null }> {
  const user = parseConfirmedUser(confirmedUser);
  const group = groupOf(user, groupRule());
  if (group !== null) await addUserToGroup(user, group);
  console.info({
    event: group === null ? 'UserHasNoGroup' : 'UserAddedToGroup',
    sub: user.sub,
    executionArn,
  });
  return { group };
}

/** Does the work in Lambda's init that the first user would otherwise wait for. */
export const prime = () =>
  primeWith(() => {
    const [group = 'example'] = groupsOf(groupRule());
    return addUserToGroup(parseConfirmedUser(EXAMPLE_USER), group);
  });

function groupRule(): GroupRule {
  return JSON.parse(requiredEnvironmentVariable('GROUP_RULE'));
}

async function addUserToGroup({ userPoolId, username }: ConfirmedUser, group: string): Promise<void> {
  await cognito.send(
    new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: username, GroupName: group }),
  );
}
