import { verify } from 'cognito-local/lib/services/totp';
import {
  attribute,
  attributesAppend,
  attributeValue,
  type User,
  type UserPool,
  validatePermittedAttributeChanges,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from '../../aws/api';
import { context } from '../emulator/context';
import { subOf } from '../tokens/tokens';
import { aliasesAmong, claimAliases, newAddresses } from '../users/aliases';
import { assertAttributes, assertComplete, assertWritable } from '../users/checks';
import { assertPassword } from '../users/password-policy';
import { assertSecretHash } from '../users/secret-hash';
import type { App } from '../users/users';
import { wrongPassword } from './attempt';
import type { AuthSession } from './auth-sessions';
import { answerCustomChallenge, type CustomAuthState } from './custom-auth';
import { poolNameOf } from './flows';
import {
  type Authenticated,
  afterPassword,
  type SignInParts,
  secondFactorChallenge,
  signedIn,
} from './next-step';
import { isSrpSignature, type SrpChallenge } from './srp';

/** An answer to a challenge. */
interface Answer extends Authenticated {
  readonly session: AuthSession;
  /** The value of a member of the answer. @throws AwsError InvalidParameterException if it is missing. */
  readonly response: (name: string) => string;
  readonly responses: Record<string, string>;
  readonly close: () => void;
}

/** Goes on after the right answer to a challenge. */
type Challenge = (parts: SignInParts, answer: Answer) => Promise<unknown>;

const CHALLENGES: Record<string, Challenge> = {
  PASSWORD_VERIFIER: verifyPassword,
  NEW_PASSWORD_REQUIRED: setNewPassword,
  CUSTOM_CHALLENGE: async (parts, answer) => {
    answer.close();
    const state = answer.session.state as CustomAuthState;
    return answerCustomChallenge(parts, answer, state, answer.response('ANSWER'));
  },
  SELECT_MFA_TYPE: async (parts, answer) => {
    const factor = answer.response('ANSWER');
    if (!(answer.session.state as string[]).includes(factor))
      throw invalid(`${factor} is not an MFA of the user`);
    answer.close();
    return secondFactorChallenge(parts, answer, [factor]);
  },
  SMS_MFA: async (parts, answer) => {
    parts.codes.check(subOf(answer.user), 'SMS_MFA', answer.response('SMS_MFA_CODE'));
    parts.codes.forget(subOf(answer.user), 'SMS_MFA');
    answer.close();
    return signedIn(parts, answer);
  },
  SOFTWARE_TOKEN_MFA: async (parts, answer) => {
    const { Secret = '' } = answer.user.SoftwareTokenMfaConfiguration ?? {};
    if (!verify(Secret, answer.response('SOFTWARE_TOKEN_MFA_CODE')))
      throw new AwsError('CodeMismatchException', 'Invalid code received for user');
    answer.close();
    return signedIn(parts, answer);
  },
};

/**
 * Goes on with a sign-in after the answer to a challenge.
 *
 * @throws AwsError NotAuthorizedException for a wrong answer or session, and others as the challenge says.
 */
export async function respondToAuthChallenge(parts: SignInParts, app: App, input: Input): Promise<unknown> {
  const name = String(input.ChallengeName);
  const challenge = Object.hasOwn(CHALLENGES, name) ? CHALLENGES[name] : undefined;
  if (!challenge) {
    const known = Object.keys(CHALLENGES).join(', ');
    throw invalid(`the local cloud does not play the challenge ${name}: it plays ${known}`);
  }
  const responses = (input.ChallengeResponses ?? {}) as Record<string, string>;
  const response = (member: string) => {
    if (responses[member]) return responses[member];
    throw invalid(`Missing required parameter ${member}`);
  };
  const id = name === 'PASSWORD_VERIFIER' ? response('PASSWORD_CLAIM_SECRET_BLOCK') : input.Session;
  if (id === undefined) throw invalid('Missing required parameter Session');
  const username = response('USERNAME');
  assertSecretHash(app.client, [username], responses.SECRET_HASH);
  const session = parts.sessions.find(id, app.client, name);
  const user = await userOf(app, session, username);
  const close = () => parts.sessions.close(id);
  return challenge(parts, {
    app,
    user,
    session,
    response,
    responses,
    close,
    clientMetadata: input.ClientMetadata,
  });
}

/** The user whom a session is about, whom the answer has to name, too. */
async function userOf({ userPool }: App, { sub }: AuthSession, username: string): Promise<User> {
  const user = sub === undefined ? null : await userPool.getUserByUsername(context, sub);
  if (!user) throw wrongPassword();
  if (!user.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  const named = await userPool.getUserByUsername(context, username);
  if (named?.Username === user.Username) return user;
  throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
}

async function verifyPassword(parts: SignInParts, answer: Answer): Promise<unknown> {
  const { app, user, session, response } = answer;
  answer.close();
  const srpUser = { poolName: poolNameOf(app), username: user.Username, password: user.Password };
  const signature = response('PASSWORD_CLAIM_SIGNATURE');
  const isRight = isSrpSignature(session.state as SrpChallenge, srpUser, response('TIMESTAMP'), signature);
  // A federated user has an empty password, and nobody signs in with that.
  if (!isRight || !user.Password) throw wrongPassword();
  return afterPassword(parts, answer);
}

/** A password that breaks the policy can be replaced by another one in the same session. */
async function setNewPassword(parts: SignInParts, answer: Answer): Promise<unknown> {
  const { app, user, responses, response } = answer;
  const { userPool } = app;
  const Password = response('NEW_PASSWORD');
  assertPassword(Password, userPool.options);
  const given = Object.entries(responses)
    .filter(([name]) => name.startsWith('userAttributes.'))
    .map(([name, value]) => attribute(name.replace('userAttributes.', ''), value));
  assertWritable(given, app.client);
  assertNotProvided(given, user, userPool.options);
  validatePermittedAttributeChanges(given, userPool.options.SchemaAttributes ?? []);
  assertAttributes(given, userPool.options);
  const unverified = newAddresses(user, given).map((name) => attribute(`${name}_verified`, 'false'));
  const Attributes = attributesAppend(user.Attributes, ...given, ...unverified);
  assertComplete(Attributes, userPool.options);
  await claimAliases(userPool, { ...user, Attributes: given }, aliasesAmong(userPool, given), false);
  const changed: User = {
    ...user,
    Attributes,
    Password,
    UserStatus: 'CONFIRMED',
    UserLastModifiedDate: new Date(parts.now()),
  };
  await userPool.saveUser(context, changed);
  answer.close();
  return signedIn(parts, { ...answer, user: changed }, 'NewPasswordChallenge');
}

/**
 * A user who answers NEW_PASSWORD_REQUIRED cannot modify a required attribute that already has a value.
 *
 * @throws AwsError NotAuthorizedException
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
 */
function assertNotProvided(given: User['Attributes'], user: User, { SchemaAttributes = [] }: UserPool): void {
  const required = SchemaAttributes.filter(({ Required }) => Required).map(({ Name }) => Name);
  const provided = given.find(({ Name }) => required.includes(Name) && attributeValue(Name, user.Attributes));
  if (!provided) return;
  throw new AwsError('NotAuthorizedException', `Cannot modify an already provided ${provided.Name}`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
