import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { awsClientConfig } from '../aws-client/config';
import { describeError } from '../aws-client/describe-error';
import { type ConfirmedUser, confirmedUserOf, userAttributeNames } from '../onboarding/confirmed-user';

const cognito = new CognitoIdentityProviderClient(awsClientConfig(500));

/**
 * The user with all attributes that `USER_ATTRIBUTES` names. A message that was written before a deployment may
 * know nothing of one of them: then the user is read from Cognito.
 *
 * @returns `undefined`, with a warning, if the user could not be read, or was deleted.
 */
export async function completedUser(user: ConfirmedUser): Promise<ConfirmedUser | undefined> {
  try {
    if (userAttributeNames().every((name) => Object.hasOwn(user.attributes, name))) return user;
    const completed = await readUser(user);
    if (completed.sub !== user.sub) throw new UserReplacedError();
    return completed;
  } catch (error) {
    console.warn({ event: 'UserNotRead', sub: user.sub, ...describeError(error) });
    return undefined;
  }
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html */
async function readUser({ userPoolId, username }: ConfirmedUser): Promise<ConfirmedUser> {
  const input = { UserPoolId: userPoolId, Username: username };
  const { UserAttributes = [] } = await cognito.send(new AdminGetUserCommand(input));
  const attributes = Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
  return confirmedUserOf({ userPoolId, username, attributes });
}

/** Thrown when the username belongs to another user now. */
class UserReplacedError extends Error {
  override readonly name = 'UserReplacedError';
  override readonly message = 'the user was deleted, and somebody else has their username now';
}
