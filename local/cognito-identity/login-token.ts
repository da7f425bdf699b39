import { AwsError } from '../aws/api';
import { isSigned } from '../aws/signed-token';
import { claimsOf } from '../aws/token-claims';

/** The claims of a user pool's ID token that an identity pool reads. */
export interface LoginClaims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  /** In s since 1970. */
  readonly exp: number;
  readonly token_use: string;
  readonly 'cognito:roles'?: readonly string[];
  readonly 'cognito:preferred_role'?: string;
  readonly [claim: string]: unknown;
}

/**
 * Checks an ID token as an identity pool does.
 *
 * @param issuer the issuer that the token must have.
 * @param now in ms since 1970.
 * @throws AwsError NotAuthorizedException saying what is wrong with it.
 */
export function verifyLoginToken(token: string, issuer: string, now: number): LoginClaims {
  if (!isSigned(token)) throw invalid('Token signature invalid');
  const claims = claimsOf<LoginClaims>(token);
  if (claims.iss !== issuer) throw invalid("Issuer doesn't match providerName");
  if (claims.token_use !== 'id') throw invalid('Not an ID token');
  if (claims.exp * 1000 <= now) throw invalid(`Token expired: ${Math.floor(now / 1000)} >= ${claims.exp}`);
  return claims;
}

function invalid(reason: string): AwsError {
  return new AwsError('NotAuthorizedException', `Invalid login token. ${reason}.`);
}
