import { randomBytes, randomUUID } from 'node:crypto';

/** A sign-in, which lives as long as its refresh token. */
export interface Grant {
  /** The claim `origin_jti` of all its tokens. */
  readonly id: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly sub: string;
  readonly refreshToken: string;
  /** In s since 1970. */
  readonly authTime: number;
  /** In ms since 1970. */
  readonly expiresAt: number;
  isRevoked: boolean;
}

type NewGrant = Pick<Grant, 'userPoolId' | 'clientId' | 'sub' | 'authTime' | 'expiresAt'>;

/** The sign-ins of all users. */
export class Grants {
  private readonly byId = new Map<string, Grant>();
  private readonly byRefreshToken = new Map<string, Grant>();
  private readonly bySub = new Map<string, Grant[]>();

  create(grant: NewGrant): Grant {
    const refreshToken = randomBytes(96).toString('base64url');
    const created: Grant = { ...grant, id: randomUUID(), refreshToken, isRevoked: false };
    this.byId.set(created.id, created);
    this.byRefreshToken.set(refreshToken, created);
    this.bySub.set(grant.sub, [...(this.bySub.get(grant.sub) ?? []), created]);
    return created;
  }

  find(id: string): Grant | undefined {
    return this.byId.get(id);
  }

  findByRefreshToken(token: string): Grant | undefined {
    return this.byRefreshToken.get(token);
  }

  /** Signs a user out everywhere. */
  revokeAll(sub: string): void {
    for (const grant of this.bySub.get(sub) ?? []) grant.isRevoked = true;
  }
}
