import { createHash } from 'node:crypto';
import { AwsError, type AwsService, type Input, jsonResponse } from '../aws/api';
import { type Iam, WEB_SESSION_DURATION } from '../iam/iam';
import type { RoleSession } from '../iam/role-session';
import { type LoginClaims, verifyLoginToken } from './login-token';

/** An identity pool as the template describes it. */
export interface IdentityPoolProperties {
  readonly CognitoIdentityProviders?: readonly { readonly ClientId: string; readonly ProviderName: string }[];
}

/** The roles that an identity pool gives, as the template describes them. */
export interface RoleAttachmentProperties {
  readonly IdentityPoolId: string;
  readonly Roles?: { readonly authenticated?: string };
  readonly RoleMappings?: Record<string, RoleMapping>;
}

interface RoleMapping {
  readonly Type: string;
  readonly AmbiguousRoleResolution?: 'AuthenticatedRole' | 'Deny';
  /** A provider's name and a client's id, separated by a colon. */
  readonly IdentityProvider: string;
}

/** The claims that become principal tags, as the template describes them. */
export interface PrincipalTagProperties {
  readonly IdentityPoolId: string;
  readonly IdentityProviderName: string;
  readonly PrincipalTags?: Record<string, string>;
  readonly UseDefaults?: boolean;
}

interface IdentityPool extends IdentityPoolProperties {
  readonly id: string;
  roles?: RoleAttachmentProperties;
  readonly tags: PrincipalTagProperties[];
}

/** A user pool's name as an identity provider. */
const USER_POOL = /^cognito-idp\.[\w-]+\.amazonaws\.com\/(.+)$/;

/** Cognito identity pools: they give the signed-in users of a user pool the role of their group. */
export class CognitoIdentity implements AwsService {
  readonly prefix = 'cognito-identity';
  private readonly pools = new Map<string, IdentityPool>();
  /** The pool of each identity that was asked for, by the id of the identity. */
  private readonly identities = new Map<string, IdentityPool>();
  private readonly performers: Record<string, (input: Input) => unknown> = {
    GetId: (input) => this.getId(input),
    GetCredentialsForIdentity: (input) => this.getCredentials(input),
  };
  readonly actions = Object.keys(this.performers);

  /** @param issuerDomain the beginning of the issuer of user pools' tokens. */
  constructor(
    private readonly iam: Iam,
    private readonly issuerDomain: string,
    private readonly now: () => number,
  ) {}

  readonly call: AwsService['call'] = async ({ action, input }) =>
    jsonResponse(this.performers[action]?.(input));

  createIdentityPool(id: string, properties: IdentityPoolProperties): void {
    this.pools.set(id, { ...properties, id, tags: [] });
  }

  /** @throws Error for a role mapping by rules: the local cloud does not know these. */
  attachRoles(properties: RoleAttachmentProperties): void {
    const unknown = Object.values(properties.RoleMappings ?? {}).find(({ Type }) => Type !== 'Token');
    if (unknown) throw new Error(`the local cloud does not know role mappings of type ${unknown.Type}`);
    this.find(properties.IdentityPoolId).roles = properties;
  }

  mapPrincipalTags(properties: PrincipalTagProperties): void {
    this.find(properties.IdentityPoolId).tags.push(properties);
  }

  private find(id: unknown): IdentityPool {
    const pool = this.pools.get(String(id));
    if (pool) return pool;
    throw new AwsError('ResourceNotFoundException', `IdentityPool '${id}' not found.`);
  }

  private getId({ IdentityPoolId, Logins }: Input) {
    const pool = this.find(IdentityPoolId);
    const IdentityId = identityOf(pool, this.signIn(pool, Logins).claims);
    this.identities.set(IdentityId, pool);
    return { IdentityId };
  }

  private getCredentials({ IdentityId, Logins, CustomRoleArn }: Input) {
    const pool = this.identities.get(String(IdentityId));
    if (!pool) throw new AwsError('ResourceNotFoundException', `Identity '${IdentityId}' not found.`);
    const { provider, claims } = this.signIn(pool, Logins);
    if (identityOf(pool, claims) !== IdentityId)
      throw new AwsError('NotAuthorizedException', "Logins don't match this identity.");
    const roleArn = roleOf(pool, provider, claims, CustomRoleArn);
    const { accessKeyId } = this.assume(pool, roleArn, provider, claims);
    const Expiration = Math.floor((this.now() + WEB_SESSION_DURATION) / 1000);
    const Credentials = { AccessKeyId: accessKeyId, SecretKey: 'local', SessionToken: 'local', Expiration };
    return { IdentityId, Credentials };
  }

  /** @throws AwsError NotAuthorizedException unless there is one good token of a provider of this pool. */
  private signIn(pool: IdentityPool, logins: unknown = {}): { provider: string; claims: LoginClaims } {
    const [[provider = '', token] = []] = Object.entries(logins as object);
    const clients = (pool.CognitoIdentityProviders ?? []).filter(
      ({ ProviderName }) => ProviderName === provider,
    );
    const [, userPoolId] = USER_POOL.exec(provider) ?? [];
    if (!userPoolId || clients.length === 0) {
      throw new AwsError(
        'NotAuthorizedException',
        `Token is not from a supported provider of this identity pool.`,
      );
    }
    const claims = verifyLoginToken(String(token), `${this.issuerDomain}/${userPoolId}`, this.now());
    if (clients.some(({ ClientId }) => ClientId === claims.aud)) return { provider, claims };
    throw new AwsError('NotAuthorizedException', 'Invalid login token. Incorrect token audience.');
  }

  private assume(pool: IdentityPool, roleArn: string, provider: string, claims: LoginClaims): RoleSession {
    const session = this.iam.assumeWithWebIdentity(roleArn, tagsOf(pool, provider, claims), {
      'aws:requestedregion': regionOf(pool),
      'cognito-identity.amazonaws.com:aud': pool.id,
      'cognito-identity.amazonaws.com:sub': identityOf(pool, claims),
      'cognito-identity.amazonaws.com:amr': [
        'authenticated',
        provider,
        `${provider}:CognitoSignIn:${claims.sub}`,
      ],
    });
    if (session) return session;
    throw new AwsError(
      'InvalidIdentityPoolConfigurationException',
      'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    );
  }
}

/** A pool's id begins with its region. */
function regionOf({ id }: IdentityPool): string {
  return id.split(':')[0] ?? '';
}

/** The same user always has the same identity in a pool. */
function identityOf(pool: IdentityPool, { iss, sub }: LoginClaims): string {
  const hex = createHash('sha256').update(`${pool.id} ${iss} ${sub}`).digest('hex');
  return `${regionOf(pool)}:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')}`;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html */
function roleOf(
  { roles }: IdentityPool,
  provider: string,
  claims: LoginClaims,
  customRoleArn: unknown,
): string {
  const { 'cognito:roles': allowed = [], 'cognito:preferred_role': preferred } = claims;
  const mapping = Object.values(roles?.RoleMappings ?? {}).find(({ IdentityProvider }) => {
    return IdentityProvider === `${provider}:${claims.aud}`;
  });
  const authenticated = roles?.Roles?.authenticated;
  if (customRoleArn !== undefined) {
    if (allowed.includes(String(customRoleArn))) return String(customRoleArn);
  } else if (mapping && preferred) return preferred;
  else if (authenticated && mapping?.AmbiguousRoleResolution !== 'Deny') return authenticated;
  throw new AwsError('NotAuthorizedException', 'No role of this identity pool can be given to this token.');
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/using-afac-with-cognito-identity-pools.html */
function tagsOf({ tags }: IdentityPool, provider: string, claims: LoginClaims): Record<string, string> {
  const mapping = tags.find(({ IdentityProviderName }) => IdentityProviderName === provider);
  const claimsByTag = mapping?.UseDefaults
    ? { username: 'sub', client: 'aud' }
    : (mapping?.PrincipalTags ?? {});
  const entries = Object.entries(claimsByTag).map(([tag, claim]) => [tag, claims[claim]]);
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'));
}
