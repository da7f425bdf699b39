import { randomUUID } from 'node:crypto';
import { attributeValue, type User } from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import { isSigned, signedToken } from '../../aws/signed-token';
import { claimsOf } from '../../aws/token-claims';
import { context } from '../emulator/context';
import { type Triggers, tokenEventVersion } from '../triggers/triggers';
import type { App, CognitoUsers } from '../users/users';
import { attributeClaims, changedClaims } from './claims';
import { type Grant, Grants } from './grants';
import { groupClaims, groupsOf } from './groups';
import { type TokenRequest, tokenChanges } from './pre-token-generation';
import { lifetime } from './validity';

/** The tokens of a sign-in, as the API answers them. */
export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  /** In s. */
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
}

/** A user with the app that they are signed in to. */
export interface SignedIn {
  readonly app: App;
  readonly user: User;
  readonly grant: Grant;
}

interface AccessClaims {
  readonly client_id: string;
  readonly origin_jti: string;
  readonly scope: string;
  readonly token_use: string;
  /** In s since 1970. */
  readonly exp: number;
}

const USER_SCOPE = 'aws.cognito.signin.user.admin';

/** Issues and checks the tokens of user pools. */
export class Tokens {
  readonly grants = new Grants();

  /**
   * @param issuerDomain the beginning of the tokens' issuer.
   * @param now the time, in ms since 1970.
   */
  constructor(
    private readonly users: CognitoUsers,
    private readonly triggers: Triggers,
    private readonly issuerDomain: string,
    private readonly now: () => number,
  ) {}

  /** Signs a user in. */
  async signIn(request: TokenRequest): Promise<AuthenticationResult> {
    const { client } = request.app;
    const grant = this.grants.create({
      userPoolId: client.UserPoolId,
      clientId: client.ClientId,
      sub: subOf(request.user),
      authTime: this.seconds(),
      expiresAt: this.now() + lifetime(client, 'RefreshToken') * 1000,
    });
    return { ...(await this.refresh(request, grant)), RefreshToken: grant.refreshToken };
  }

  /** Issues new tokens for a sign-in. */
  async refresh(request: TokenRequest, grant: Grant): Promise<AuthenticationResult> {
    const { app, user } = request;
    const { client, userPool } = app;
    const groups = await groupsOf(userPool, user);
    const changes = await tokenChanges(this.triggers, request, groups, [USER_SCOPE]);
    const common = {
      sub: grant.sub,
      iss: `${this.issuerDomain}/${client.UserPoolId}`,
      origin_jti: grant.id,
      event_id: randomUUID(),
      auth_time: grant.authTime,
      iat: this.seconds(),
    };
    const { 'cognito:groups': names } = groupClaims(changes.groups);
    const access = {
      ...common,
      client_id: client.ClientId,
      token_use: 'access',
      scope: changes.scopes.join(' '),
      username: user.Username,
      ...(names && { 'cognito:groups': names }),
      ...(tokenEventVersion(userPool) !== '1' && { version: 2 }),
      exp: common.iat + lifetime(client, 'AccessToken'),
      jti: randomUUID(),
    };
    const id = {
      ...attributeClaims(user, client),
      ...common,
      'cognito:username': user.Username,
      ...groupClaims(changes.groups),
      aud: client.ClientId,
      token_use: 'id',
      exp: common.iat + lifetime(client, 'IdToken'),
      jti: randomUUID(),
    };
    return {
      AccessToken: signedToken(changedClaims(access, 'access', changes.access)),
      IdToken: signedToken(changedClaims(id, 'id', changes.id)),
      ExpiresIn: lifetime(client, 'AccessToken'),
      TokenType: 'Bearer',
    };
  }

  /**
   * Finds out whose access token it is.
   *
   * @throws AwsError NotAuthorizedException for a token that is no longer valid, or never was;
   * UserNotFoundException if the user was deleted.
   */
  async authenticate(accessToken: unknown): Promise<SignedIn> {
    const token = String(accessToken);
    const claims = isSigned(token) ? claimsOf<AccessClaims>(token) : undefined;
    const grant = claims && this.grants.find(claims.origin_jti);
    if (!grant || claims.token_use !== 'access') throw unauthorized('Invalid Access Token');
    if (claims.exp <= this.seconds()) throw unauthorized('Access Token has expired');
    if (!claims.scope.split(' ').includes(USER_SCOPE))
      throw unauthorized('Access Token does not have required scopes');
    const signedIn = await this.owner(grant);
    if (grant.isRevoked) throw unauthorized('Access Token has been revoked');
    return signedIn;
  }

  /** @throws AwsError NotAuthorizedException for a refresh token of another app, or one that is no longer valid. */
  async authenticateRefreshToken(token: unknown, { client }: App): Promise<SignedIn> {
    const grant = this.grants.findByRefreshToken(String(token));
    if (grant?.clientId !== client.ClientId) throw unauthorized('Invalid Refresh Token');
    if (grant.expiresAt <= this.now()) throw unauthorized('Refresh Token has expired');
    const signedIn = await this.owner(grant);
    if (grant.isRevoked) throw unauthorized('Refresh Token has been revoked');
    return signedIn;
  }

  private async owner(grant: Grant): Promise<SignedIn> {
    const app = await this.users.appOf({ ClientId: grant.clientId });
    const user = await app.userPool.getUserByUsername(context, grant.sub);
    if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
    if (!user.Enabled) throw unauthorized('User is disabled.');
    return { app, user, grant };
  }

  private seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

/** A user's id, which no other user ever has. */
export function subOf({ Attributes }: User): string {
  return attributeValue('sub', Attributes) ?? '';
}

function unauthorized(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message);
}
