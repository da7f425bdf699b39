import type { DecidedAccess } from './access-record';
import type { RoleSession } from './role-session';

/** Decides whether a session may do something. */
type Decide = (session: RoleSession, action: string, resource: string) => DecidedAccess;

/** More than the lines of logs and the queues of an app need. */
const MAX_DECIDED = 1_000;

/**
 * What sessions ask without a call. A function asks the same for each line of its log, so each question is
 * decided once.
 */
export class Questions {
  private readonly decided = new Map<string, DecidedAccess>();

  constructor(private readonly decide: Decide) {}

  ask(session: RoleSession, action: string, resource: string): DecidedAccess {
    const question = `${session.accessKeyId} ${action} ${resource}`;
    const known = this.decided.get(question);
    if (known) return known;
    if (this.decided.size >= MAX_DECIDED) this.forget();
    const access = this.decide(session, action, resource);
    this.decided.set(question, access);
    return access;
  }

  /** Forgets the decisions, when other policies apply. */
  forget(): void {
    this.decided.clear();
  }
}
