import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { awsClientConfig } from '../aws-client/config';
import { describeError } from '../aws-client/describe-error';
import { atLeast } from '../onboarding/at-least';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { type GroupRule, groupOf, groupsOf } from '../onboarding/group-rule';

/** The shortest time for a user, in ms: 20 a second leave most of Cognito's quota of 50 to others. */
const PACE = 50;

const cognito = new CognitoIdentityProviderClient(awsClientConfig(3_000));

/**
 * Finds the users who are in none of the groups that the rule can choose, but should be in one. A group is
 * chosen once, so a user stays in theirs even if the rule would choose another one now. A user who was deleted
 * meanwhile is not among them.
 *
 * @throws Cognito's own errors.
 */
export async function findUsersOutsideGroup(
  users: readonly ConfirmedUser[],
  rule: GroupRule,
): Promise<ConfirmedUser[]> {
  const chosen = groupsOf(rule);
  const outside: ConfirmedUser[] = [];
  for (const user of users.filter((candidate) => groupOf(candidate, rule) !== null)) {
    const memberOf = await atLeast(PACE, groupsOfUser(user));
    if (memberOf && !memberOf.some((name) => chosen.includes(name))) outside.push(user);
  }
  return outside;
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListGroupsForUser.html */
async function groupsOfUser({ userPoolId, username }: ConfirmedUser): Promise<string[] | undefined> {
  const names: string[] = [];
  let NextToken: string | undefined;
  try {
    do {
      const input = { UserPoolId: userPoolId, Username: username, NextToken };
      const page = await cognito.send(new AdminListGroupsForUserCommand(input));
      names.push(...(page.Groups ?? []).map(({ GroupName = '' }) => GroupName));
      NextToken = page.NextToken;
    } while (NextToken);
  } catch (error) {
    if (describeError(error).error === 'UserNotFoundException') return undefined;
    throw error;
  }
  return names;
}
