import { AwsError, type Input, type Performers } from '../../aws/api';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { AuthSessions } from './auth-sessions';
import { respondToAuthChallenge } from './challenges';
import { ADMIN_FLOWS, initiateAuth, USER_FLOWS } from './flows';

/** The actions that sign users in and out. */
export function signInPerformers(cognito: CognitoParts): Performers {
  const { users, tokens, now } = cognito;
  const parts = { ...cognito, sessions: new AuthSessions(now) };
  const respond = async (input: Input) => respondToAuthChallenge(parts, await users.appOf(input), input);
  return {
    InitiateAuth: async (input) => initiateAuth(parts, USER_FLOWS, await users.appOf(input), input),
    AdminInitiateAuth: async (input) => initiateAuth(parts, ADMIN_FLOWS, await users.appOf(input), input),
    RespondToAuthChallenge: respond,
    AdminRespondToAuthChallenge: respond,
    GetTokensFromRefreshToken: async (input) => {
      const app = await users.appOf(input);
      assertSecret(app.client.ClientSecret, input.ClientSecret);
      const { user, grant } = await tokens.authenticateRefreshToken(input.RefreshToken, app);
      const request = { app, user, source: 'RefreshTokens', clientMetadata: input.ClientMetadata };
      return { AuthenticationResult: await tokens.refresh(request, grant) };
    },
    RevokeToken: async (input) => {
      const { client } = await users.appOf(input);
      assertSecret(client.ClientSecret, input.ClientSecret);
      const grant = tokens.grants.findByRefreshToken(String(input.Token));
      if (grant?.clientId !== client.ClientId)
        throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type');
      grant.isRevoked = true;
      return {};
    },
    GlobalSignOut: async ({ AccessToken }) => {
      const { user } = await tokens.authenticate(AccessToken);
      tokens.grants.revokeAll(subOf(user));
      return {};
    },
  };
}

function assertSecret(expected: string | undefined, given: unknown): void {
  if (expected === undefined || expected === given) return;
  throw new AwsError('NotAuthorizedException', 'Invalid client secret.');
}
