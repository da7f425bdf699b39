import type { AppClient } from 'cognito-local/lib/services/appClient';
import { AwsError, type Input } from '../../aws/api';
import { subOf } from '../tokens/tokens';
import { assertSecretHash } from '../users/secret-hash';
import type { App } from '../users/users';
import { type Attempt, signingIn, wrongPassword } from './attempt';
import { beginCustomAuth } from './custom-auth';
import { afterPassword, type SignInParts } from './next-step';
import { srpChallenge } from './srp';

type Parameters = Record<string, string | undefined>;

/** A call of InitiateAuth or AdminInitiateAuth. */
export interface FlowRequest {
  readonly app: App;
  readonly parameters: Parameters;
  readonly clientMetadata: unknown;
}

/** Performs an authentication flow. */
type Flow = (parts: SignInParts, request: FlowRequest) => Promise<unknown>;

/** The flows of an app client that does not name any. */
const DEFAULT_FLOWS = ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'];

/** Flows of users, and of administrators, by their names. */
const COMMON_FLOWS: Record<string, Flow> = {
  CUSTOM_AUTH: (parts, request) => beginCustomAuth(parts, attemptOf(request)),
  REFRESH_TOKEN: refresh,
  REFRESH_TOKEN_AUTH: refresh,
  USER_SRP_AUTH: srp,
};
export const USER_FLOWS: Record<string, Flow> = { ...COMMON_FLOWS, USER_PASSWORD_AUTH: password };
export const ADMIN_FLOWS: Record<string, Flow> = {
  ...COMMON_FLOWS,
  ADMIN_NO_SRP_AUTH: password,
  ADMIN_USER_PASSWORD_AUTH: password,
};

/**
 * Performs the flow that an input names.
 *
 * @throws AwsError InvalidParameterException for a flow that the app client does not allow, or that is not played.
 */
export async function initiateAuth(
  parts: SignInParts,
  flows: Record<string, Flow>,
  app: App,
  { AuthFlow, AuthParameters, ClientMetadata }: Input,
): Promise<unknown> {
  const name = String(AuthFlow);
  const flow = Object.hasOwn(flows, name) ? flows[name] : undefined;
  if (!flow) {
    const known = Object.keys(flows).join(', ');
    throw invalid(`the local cloud does not play the AuthFlow ${name} here: use ${known}`);
  }
  assertAllowed(app.client, name);
  const parameters = (AuthParameters ?? {}) as Parameters;
  return flow(parts, { app, parameters, clientMetadata: ClientMetadata });
}

async function password(parts: SignInParts, request: FlowRequest): Promise<unknown> {
  const attempt = { ...attemptOf(request), password: required(request, 'PASSWORD') };
  const user = await signingIn(parts, attempt);
  if (!user?.Password || user.Password !== attempt.password) throw wrongPassword();
  return afterPassword(parts, { app: request.app, user });
}

/** An unknown user gets a challenge as well, which nobody can answer, if the app client must not tell. */
async function srp(parts: SignInParts, request: FlowRequest): Promise<unknown> {
  const { app } = request;
  const attempt = attemptOf(request);
  const user = await signingIn(parts, attempt);
  const username = user?.Username ?? attempt.username;
  const srpUser = { poolName: poolNameOf(app), username, password: user?.Password ?? '' };
  const challenge = srpChallenge(srpUser, required(request, 'SRP_A'));
  if (!challenge) throw invalid('Invalid SRP_A');
  const session = { challengeName: 'PASSWORD_VERIFIER', state: challenge, ...(user && { sub: subOf(user) }) };
  parts.sessions.open(app.client, session, challenge.secretBlock);
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: challenge.salt,
      SECRET_BLOCK: challenge.secretBlock,
      SRP_B: challenge.srpB,
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

async function refresh(parts: SignInParts, request: FlowRequest): Promise<unknown> {
  const { app, parameters, clientMetadata } = request;
  const token = required(request, 'REFRESH_TOKEN');
  const { user, grant } = await parts.tokens.authenticateRefreshToken(token, app);
  assertSecretHash(app.client, [user.Username, subOf(user)], parameters.SECRET_HASH);
  const tokens = await parts.tokens.refresh({ app, user, source: 'RefreshTokens', clientMetadata }, grant);
  return { ChallengeParameters: {}, AuthenticationResult: tokens };
}

function attemptOf(request: FlowRequest): Attempt {
  const { app, parameters, clientMetadata } = request;
  const username = required(request, 'USERNAME');
  assertSecretHash(app.client, [username], parameters.SECRET_HASH);
  return { app, username, clientMetadata };
}

/** The part of a user pool's id by which SRP names the pool. */
export function poolNameOf({ userPool }: App): string {
  return userPool.options.Id.split('_')[1] ?? '';
}

function assertAllowed({ ExplicitAuthFlows: flows }: AppClient, name: string): void {
  const wanted = name === 'REFRESH_TOKEN' ? 'REFRESH_TOKEN_AUTH' : name;
  const allowed: readonly string[] = flows && flows.length > 0 ? flows : DEFAULT_FLOWS;
  // The old names have no prefix. They leave refreshing on.
  if (allowed.includes(`ALLOW_${wanted}`) || allowed.includes(wanted)) return;
  if (wanted === 'REFRESH_TOKEN_AUTH' && !allowed.some((flow) => flow.startsWith('ALLOW_'))) return;
  throw invalid(
    wanted.startsWith('ADMIN_')
      ? 'Auth flow not enabled for this client'
      : `${wanted} flow not enabled for this client`,
  );
}

function required({ parameters }: FlowRequest, name: string): string {
  const value = parameters[name];
  if (value) return value;
  throw invalid(`Missing required parameter ${name}`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
