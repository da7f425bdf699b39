import { randomBytes } from 'node:crypto';
import type { AppClient } from 'cognito-local/lib/services/appClient';
import { AwsError } from '../../aws/api';

/** A sign-in that waits for the answer to a challenge. */
export interface AuthSession {
  readonly clientId: string;
  /** The user's id; undefined for a user who does not exist. */
  readonly sub?: string;
  readonly challengeName: string;
  /** What the challenge has to remember. */
  readonly state?: unknown;
}

interface Stored {
  readonly session: AuthSession;
  /** In ms since 1970. */
  readonly expiresAt: number;
}

const DEFAULT_MINUTES = 3;

/** The sign-ins that wait for an answer. Each has an id, which the client sends back with its answer. */
export class AuthSessions {
  private readonly sessions = new Map<string, Stored>();

  constructor(private readonly now: () => number) {}

  /** @param id a given id, or else a random one. */
  open(
    client: AppClient,
    session: Omit<AuthSession, 'clientId'>,
    id = randomBytes(96).toString('base64url'),
  ): string {
    const { AuthSessionValidity = DEFAULT_MINUTES } = client as { AuthSessionValidity?: number };
    const expiresAt = this.now() + AuthSessionValidity * 60_000;
    this.sessions.set(id, { session: { ...session, clientId: client.ClientId }, expiresAt });
    return id;
  }

  /** @throws AwsError NotAuthorizedException for an id that is invented, used, expired, or of another challenge. */
  find(id: unknown, client: AppClient, challengeName: string): AuthSession {
    const { session, expiresAt = 0 } = this.sessions.get(String(id)) ?? {};
    if (session?.clientId !== client.ClientId || session.challengeName !== challengeName)
      throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
    if (expiresAt <= this.now())
      throw new AwsError('NotAuthorizedException', 'Invalid session for the user, session is expired.');
    return session;
  }

  /** A session can be used once. */
  close(id: unknown): void {
    this.sessions.delete(String(id));
  }
}
