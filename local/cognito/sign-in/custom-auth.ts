import type { User } from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import { subOf } from '../tokens/tokens';
import { attributesForTrigger, metadata } from '../triggers/triggers';
import type { App } from '../users/users';
import { type Attempt, signingIn, wrongPassword } from './attempt';
import { type Authenticated, type SignInParts, signedIn } from './next-step';

/** One challenge with its result, as the triggers get them. */
interface ChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string;
}

/** What a custom sign-in remembers between two calls. */
export interface CustomAuthState {
  readonly results: readonly ChallengeResult[];
  readonly challengeMetadata?: string;
  readonly privateParameters: Record<string, string>;
}

/** The next decision of a custom sign-in. */
interface Step extends Authenticated {
  readonly results: readonly ChallengeResult[];
}

/**
 * Begins a sign-in whose challenges are functions of the app.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
 */
export async function beginCustomAuth(parts: SignInParts, attempt: Attempt): Promise<unknown> {
  const user = await signingIn(parts, attempt);
  if (!user) throw wrongPassword();
  if (user.UserStatus === 'UNCONFIRMED')
    throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  return nextChallenge(parts, { app: attempt.app, user, results: [] });
}

/** Goes on after the answer to a custom challenge. */
export async function answerCustomChallenge(
  parts: SignInParts,
  authenticated: Authenticated,
  { results, challengeMetadata, privateParameters }: CustomAuthState,
  challengeAnswer: string,
): Promise<unknown> {
  const { app, user, clientMetadata } = authenticated;
  const response = await required(parts, app, user, 'VerifyAuthChallengeResponse', {
    request: {
      userAttributes: attributesForTrigger(user),
      privateChallengeParameters: privateParameters,
      challengeAnswer,
      ...metadata(clientMetadata),
    },
    response: { answerCorrect: null },
  });
  const result = {
    challengeName: 'CUSTOM_CHALLENGE',
    challengeResult: response.answerCorrect === true,
    ...(challengeMetadata !== undefined && { challengeMetadata }),
  };
  return nextChallenge(parts, { ...authenticated, results: [...results, result] });
}

async function nextChallenge(parts: SignInParts, step: Step): Promise<unknown> {
  const { app, user, results, clientMetadata } = step;
  const request = {
    userAttributes: attributesForTrigger(user),
    session: results,
    ...metadata(clientMetadata),
  };
  const decision = await required(parts, app, user, 'DefineAuthChallenge', {
    request,
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  });
  if (decision.failAuthentication === true) throw wrongPassword();
  if (decision.issueTokens === true) return signedIn(parts, step);
  if (decision.challengeName !== 'CUSTOM_CHALLENGE') {
    const message = `the local cloud does not play the challenge ${decision.challengeName} in CUSTOM_AUTH`;
    throw new AwsError('InvalidLambdaResponseException', message);
  }
  return customChallenge(parts, step);
}

async function customChallenge(
  parts: SignInParts,
  { app, user, results, clientMetadata }: Step,
): Promise<unknown> {
  const challengeName = 'CUSTOM_CHALLENGE';
  const userAttributes = attributesForTrigger(user);
  const created = await required(parts, app, user, 'CreateAuthChallenge', {
    request: { userAttributes, challengeName, session: results, ...metadata(clientMetadata) },
    response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  });
  const state: CustomAuthState = {
    results,
    privateParameters: (created.privateChallengeParameters ?? {}) as Record<string, string>,
    ...(typeof created.challengeMetadata === 'string' && { challengeMetadata: created.challengeMetadata }),
  };
  return {
    ChallengeName: challengeName,
    Session: parts.sessions.open(app.client, { sub: subOf(user), challengeName, state }),
    ChallengeParameters: { USERNAME: user.Username, ...(created.publicChallengeParameters as object | null) },
  };
}

/** @throws AwsError InvalidParameterException if the user pool has no such trigger. */
async function required(
  { triggers }: SignInParts,
  { client, userPool }: App,
  { Username }: User,
  trigger: 'CreateAuthChallenge' | 'DefineAuthChallenge' | 'VerifyAuthChallengeResponse',
  { request, response }: { request: object; response: object },
): Promise<Record<string, unknown>> {
  const answer = await triggers.call(userPool, trigger, {
    source: 'Authentication',
    userName: Username,
    clientId: client.ClientId,
    request,
    response,
  });
  if (answer) return answer;
  throw new AwsError(
    'InvalidParameterException',
    `Custom auth lambda trigger is not configured for the user pool.`,
  );
}
