import { InvalidPasswordError, NotAuthorizedError } from 'cognito-local/lib/errors';
import { AwsError, type Input } from './aws-api';
import type { CognitoEmulator } from './cognito-emulator';
import { claimsOf } from './token-claims';

interface SignIn {
  readonly AuthenticationResult?: { readonly AccessToken: string };
}

/** InitiateAuth, with the answers of AWS. */
export async function initiateAuth({ perform }: CognitoEmulator, input: Input): Promise<unknown> {
  try {
    const output = (await perform('InitiateAuth', input)) as SignIn;
    const { AuthenticationResult: tokens } = output;
    if (!tokens) return output;
    const { exp, iat } = claimsOf<{ exp: number; iat: number }>(tokens.AccessToken);
    return { ...output, AuthenticationResult: { ...tokens, ExpiresIn: exp - iat, TokenType: 'Bearer' } };
  } catch (error) {
    // AWS does not tell which of the two was wrong.
    if (!(error instanceof InvalidPasswordError || error instanceof NotAuthorizedError)) throw error;
    throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
  }
}
