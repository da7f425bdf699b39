import type { Iam } from '../../iam/iam';

/** What a role asked for, and the answer. */
export interface AskedAccess {
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** The statement that decided; undefined if nothing allowed it. */
  readonly statement?: string;
  readonly count: number;
}

/** The access of one role. */
export interface RoleAccess {
  readonly roleName: string;
  /** What was denied comes first, then the latest. */
  readonly asked: readonly AskedAccess[];
  /** The statements that have not changed any decision so far. */
  readonly unused: readonly string[];
}

/** What each role asked for and did not need so far, by the name of the role. */
export function readAccess(iam: Iam): RoleAccess[] {
  const records = iam.record.list().toReversed();
  const unused = iam.unused();
  const named = [...records.map(({ roleName }) => roleName), ...unused.flatMap(roleIn)];
  return [...new Set(named)].sort().map((roleName) => ({
    roleName,
    asked: records
      .filter((record) => record.roleName === roleName)
      .map(({ request: { action, resource }, decision: { allowed, statement }, count }) => {
        return { action, resource, allowed, statement: statement?.id, count };
      })
      .sort((a, b) => Number(a.allowed) - Number(b.allowed)),
    unused: unused.filter((statement) => roleIn(statement).includes(roleName)),
  }));
}

/** The id of a statement begins with its role: `role NAME, policy …`. */
function roleIn(statement: string): string[] {
  return /^role ([^,]+),/.exec(statement)?.slice(1) ?? [];
}
