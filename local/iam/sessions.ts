import { randomBytes } from 'node:crypto';
import { AwsError } from '../aws/api';
import { environmentOf, REGION } from '../aws/environment';
import type { RequestContext } from './policies/patterns';
import type { RoleSession } from './role-session';

/** A session to open. */
interface SessionProps {
  readonly roleArn: string;
  readonly sessionName: string;
  /** The values that hold for each of its requests. */
  readonly context: RequestContext;
  /** In ms since 1970. @default - never */
  readonly expiration?: number;
  readonly may: (session: RoleSession, action: string, resource: string) => boolean;
}

interface OpenSession {
  readonly session: RoleSession;
  readonly context: RequestContext;
  readonly expiration?: number;
}

/** The beginning of the access keys of roles. Every other key belongs to the person at this machine. */
const ACCESS_KEY_PREFIX = 'ASIALOCAL';

/** For the many sessions of people. The sessions of functions and state machines are all kept. */
const KEPT_SESSIONS = 1_000;

/** The sessions of roles, by their access keys. */
export class Sessions {
  private readonly sessions = new Map<string, OpenSession>();

  /** @param now in ms since 1970. */
  constructor(private readonly now: () => number) {}

  list(): RoleSession[] {
    return [...this.sessions.values()].map(({ session }) => session);
  }

  open({ roleArn, sessionName, context, expiration, may }: SessionProps): RoleSession {
    const accessKeyId = `${ACCESS_KEY_PREFIX}${randomBytes(6).toString('hex').slice(1).toUpperCase()}`;
    const session: RoleSession = {
      roleArn,
      roleName: roleArn.slice(roleArn.lastIndexOf('/') + 1),
      sessionName,
      accessKeyId,
      may: (action, resource) => may(session, action, resource),
    };
    this.sessions.set(accessKeyId, {
      session,
      context: { ...contextOfRole(roleArn), ...context },
      expiration,
    });
    return session;
  }

  /** The values that hold for each request of a session. */
  contextOf({ accessKeyId }: RoleSession): RequestContext {
    return this.sessions.get(accessKeyId)?.context ?? {};
  }

  /**
   * The session that a key belongs to; undefined for the key of the person at this machine.
   *
   * @throws AwsError UnrecognizedClientException for a key that belongs to an earlier run, or ExpiredTokenException.
   */
  find(accessKeyId: string | undefined): RoleSession | undefined {
    if (!accessKeyId?.startsWith(ACCESS_KEY_PREFIX)) return undefined;
    const { session, expiration = Number.POSITIVE_INFINITY } = this.sessions.get(accessKeyId) ?? {};
    const token = 'The security token included in the request is';
    if (!session) throw new AwsError('UnrecognizedClientException', `${token} invalid.`);
    if (this.now() >= expiration) throw new AwsError('ExpiredTokenException', `${token} expired`);
    return session;
  }

  /** Forgets the oldest sessions of a name. */
  forgetOldOf(sessionName: string): void {
    const ofName = this.list().filter((session) => session.sessionName === sessionName);
    for (const { accessKeyId } of ofName.slice(0, -KEPT_SESSIONS)) this.sessions.delete(accessKeyId);
  }
}

function contextOfRole(roleArn: string): RequestContext {
  return {
    'aws:principalaccount': environmentOf(roleArn).account,
    'aws:principalarn': roleArn,
    'aws:requestedregion': REGION,
    // The functions' connections stay on this machine. On AWS they use HTTPS.
    'aws:securetransport': 'true',
  };
}
