import { attributesToRecord, attributeValue, type User } from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { missingAttributes } from '../users/checks';
import { temporaryPasswordValidity } from '../users/password-policy';
import type { App } from '../users/users';
import { postAuthentication } from './attempt';
import type { AuthSessions } from './auth-sessions';

/** What a sign-in needs besides the parts of the service. */
export interface SignInParts extends CognitoParts {
  readonly sessions: AuthSessions;
}

/** A user who has proved who they are. */
export interface Authenticated {
  readonly app: App;
  readonly user: User;
  /** Only what was sent with the answer to a challenge: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html */
  readonly clientMetadata?: unknown;
}

/**
 * Answers a right password: with tokens, or with the next challenge.
 *
 * @throws AwsError UserNotConfirmedException, PasswordResetRequiredException, NotAuthorizedException for a
 * temporary password that is too old.
 */
export async function afterPassword(parts: SignInParts, authenticated: Authenticated): Promise<unknown> {
  const { app, user } = authenticated;
  if (user.UserStatus === 'UNCONFIRMED')
    throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.UserStatus === 'RESET_REQUIRED')
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  if (user.UserStatus === 'FORCE_CHANGE_PASSWORD') return newPasswordChallenge(parts, app, user);
  const factors = secondFactors(app, user);
  if (factors.length > 0) return secondFactorChallenge(parts, authenticated, factors);
  return signedIn(parts, authenticated);
}

/** Answers with tokens, after the triggers of a sign-in. */
export async function signedIn(
  parts: CognitoParts,
  { app, user, clientMetadata }: Authenticated,
  source = 'Authentication',
): Promise<unknown> {
  await postAuthentication(parts, app, user, clientMetadata);
  const AuthenticationResult = await parts.tokens.signIn({ app, user, source, clientMetadata });
  return { ChallengeParameters: {}, AuthenticationResult };
}

function newPasswordChallenge({ sessions, now }: SignInParts, { client, userPool }: App, user: User) {
  const { options } = userPool;
  if (user.UserLastModifiedDate.getTime() + temporaryPasswordValidity(options) <= now()) {
    const message = 'Temporary password has expired and must be reset by an administrator.';
    throw new AwsError('NotAuthorizedException', message);
  }
  const { sub: _, identities: _identities, ...userAttributes } = attributesToRecord(user.Attributes);
  const requiredAttributes = missingAttributes(user.Attributes, options).map(
    (name) => `userAttributes.${name}`,
  );
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: sessions.open(client, { sub: subOf(user), challengeName: 'NEW_PASSWORD_REQUIRED' }),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.Username,
      requiredAttributes: JSON.stringify(requiredAttributes),
      userAttributes: JSON.stringify(userAttributes),
    },
  };
}

/** The second factors of a user, where the user pool wants one. */
function secondFactors({ userPool: { options } }: App, user: User): string[] {
  if ((options.MfaConfiguration ?? 'OFF') === 'OFF') return [];
  const chosen = new Set(user.UserMFASettingList);
  const isSmsForAll = options.MfaConfiguration === 'ON' && chosen.size === 0;
  if (isSmsForAll && attributeValue('phone_number', user.Attributes)) chosen.add('SMS_MFA');
  if (options.MfaConfiguration === 'ON' && chosen.size === 0) {
    const message =
      'the local cloud does not play MFA_SETUP: give the user a phone number or a second factor first';
    throw new AwsError('InvalidParameterException', message);
  }
  if (user.PreferredMfaSetting && chosen.has(user.PreferredMfaSetting)) return [user.PreferredMfaSetting];
  return [...chosen];
}

/** Sends the code of a second factor, if it is sent, or asks which factor to use. */
export async function secondFactorChallenge(
  { sessions, codes, messages }: SignInParts,
  { app: { client, userPool }, user, clientMetadata }: Authenticated,
  factors: readonly string[],
): Promise<unknown> {
  const [factor = ''] = factors;
  const ChallengeName = factors.length > 1 ? 'SELECT_MFA_TYPE' : factor;
  const Session = sessions.open(client, { sub: subOf(user), challengeName: ChallengeName, state: factors });
  const common = { USER_ID_FOR_SRP: user.Username };
  if (ChallengeName === 'SELECT_MFA_TYPE') {
    const ChallengeParameters = { ...common, MFAS_CAN_CHOOSE: JSON.stringify(factors) };
    return { ChallengeName, Session, ChallengeParameters };
  }
  if (ChallengeName !== 'SMS_MFA') return { ChallengeName, Session, ChallengeParameters: common };
  const attribute = 'phone_number';
  const { Destination } = await messages.send({
    userPool,
    user,
    clientId: client.ClientId,
    purpose: 'Authentication',
    code: codes.issue(subOf(user), 'SMS_MFA', { attribute }),
    attribute,
    clientMetadata,
  });
  const delivery = { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: Destination };
  return { ChallengeName, Session, ChallengeParameters: { ...common, ...delivery } };
}
