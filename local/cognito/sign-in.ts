import { InvalidPasswordError, NotAuthorizedError } from 'cognito-local/lib/errors';
import type { UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../aws/api';
import { claimsOf } from '../aws/token-claims';
import { context } from './context';
import type { CognitoEmulator } from './emulator';
import type { CognitoUsers } from './users';

interface SignIn {
  readonly AuthenticationResult?: { readonly AccessToken: string };
}

/** The parameters of a sign-in, or of an answer to a challenge, that name the user. */
interface SignInParameters {
  readonly USERNAME?: string;
  readonly REFRESH_TOKEN?: string;
}

/** The actions that sign users in. They answer as AWS does. */
export function signInPerformers({ perform }: CognitoEmulator, users: CognitoUsers): Performers {
  return {
    InitiateAuth: async (input) => {
      await assertEnabled(await users.poolOfClient(input), input.AuthParameters);
      return initiateAuth(perform, input);
    },
    AdminInitiateAuth: async (input) => {
      await assertEnabled(await users.poolOf(input), input.AuthParameters);
      return perform('AdminInitiateAuth', input);
    },
    RespondToAuthChallenge: async (input) => {
      await assertEnabled(await users.poolOfClient(input), input.ChallengeResponses);
      return perform('RespondToAuthChallenge', input);
    },
  };
}

async function initiateAuth(perform: CognitoEmulator['perform'], input: Input): Promise<unknown> {
  try {
    const output = (await perform('InitiateAuth', input)) as SignIn;
    const { AuthenticationResult: tokens } = output;
    if (!tokens) return output;
    const { exp, iat } = claimsOf<{ exp: number; iat: number }>(tokens.AccessToken);
    return { ...output, AuthenticationResult: { ...tokens, ExpiresIn: exp - iat, TokenType: 'Bearer' } };
  } catch (error) {
    // AWS does not say which of the two was wrong.
    if (!(error instanceof InvalidPasswordError || error instanceof NotAuthorizedError)) throw error;
    throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
  }
}

/** @throws AwsError NotAuthorizedException if an administrator has disabled the user. */
async function assertEnabled(userPool: UserPoolService, parameters: unknown): Promise<void> {
  const { USERNAME = '', REFRESH_TOKEN } = (parameters ?? {}) as SignInParameters;
  const user =
    REFRESH_TOKEN === undefined
      ? await userPool.getUserByUsername(context, USERNAME)
      : await userPool.getUserByRefreshToken(context, REFRESH_TOKEN);
  if (user && !user.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
}
