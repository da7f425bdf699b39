import { type Decision, decide, unusedStatements } from './policies/decide';
import type { AccessRequest, Statement } from './policies/statements';
import type { Role } from './roles';

/** A request that IAM decided. */
export interface DecidedAccess {
  readonly roleName: string;
  /** The statements that the role had then. */
  readonly statements: readonly Statement[];
  readonly request: AccessRequest;
  readonly decision: Decision;
  /** The same for the same request with the same decision. */
  readonly key: string;
}

/** A request that IAM decided, and how often it was made. */
export interface RecordedAccess extends DecidedAccess {
  count: number;
}

/** More than the number of permissions in a stack. Only requests for many different keys reach this limit. */
const MAX_RECORDS = 1_000;

/** Decides on a request of a role. */
export function decidedAccess(
  roleName: string,
  statements: readonly Statement[],
  request: AccessRequest,
): DecidedAccess {
  const decision = decide(statements, request);
  const key = JSON.stringify([roleName, request, decision.allowed, decision.statement?.id]);
  return { roleName, statements, request, decision, key };
}

/** The requests to IAM so far: each different request once, the latest at the end. */
export class AccessRecord {
  /** How many different requests there were, with those that are not kept any more. */
  added = 0;
  private readonly records = new Map<string, RecordedAccess>();
  /** The ids of the statements that changed the decision on a request that is not kept any more. */
  private readonly used = new Set<string>();

  add(access: DecidedAccess): void {
    const { key } = access;
    const known = this.records.get(key);
    if (!known) this.added += 1;
    const record = known ?? { ...access, count: 0 };
    record.count += 1;
    this.records.delete(key);
    this.records.set(key, record);
    if (this.records.size > MAX_RECORDS) this.dropOldest();
  }

  list(): RecordedAccess[] {
    return [...this.records.values()];
  }

  /** The statements of a role that have not changed any decision so far. */
  unusedOf({ name, statements }: Pick<Role, 'name' | 'statements'>): Statement[] {
    const records = this.list().filter(({ roleName }) => roleName === name);
    const requests = records.map(({ request }) => request);
    return unusedStatements(statements, requests).filter(({ id }) => !this.used.has(id));
  }

  private dropOldest(): void {
    const [oldest] = this.records;
    if (!oldest) return;
    const [key, { statements, request, decision }] = oldest;
    this.records.delete(key);
    const { statement } = decision;
    // Only the statement that decided can have changed the decision.
    if (!statement || this.used.has(statement.id)) return;
    if (!unusedStatements(statements, [request]).includes(statement)) this.used.add(statement.id);
  }
}
