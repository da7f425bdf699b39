import type { RecordedAccess } from '../../iam/access-record';
import type { Iam } from '../../iam/iam';

/** A statement of a role's policy. */
export interface RoleStatement {
  /** Such as `policy DefaultPolicy, statement 1`. */
  readonly place: string;
  /** Such as `Allow Action sqs:SendMessage, Resource *`. */
  readonly content: string;
}

/** What a role asked for, and who decided. */
export interface AskedAccess {
  readonly action: string;
  readonly resource: string;
  /** Undefined if nothing allowed it. */
  readonly statement?: RoleStatement;
  readonly times: number;
}

/** The access of one role; the latest request comes first. */
export interface RoleAccess {
  readonly roleName: string;
  readonly denied: readonly AskedAccess[];
  readonly allowed: readonly AskedAccess[];
  /** The statements that have not changed any decision so far. */
  readonly unused: readonly RoleStatement[];
}

/** What each role asked for and did not need so far, by the name of the role. */
export function readAccess(iam: Pick<Iam, 'record' | 'unused'>): RoleAccess[] {
  const records = iam.record.list().toReversed();
  const unused = iam.unused();
  const named = [...records.map(({ roleName }) => roleName), ...unused.flatMap(roleIn)];
  return [...new Set(named)].sort().map((roleName) => {
    const own = records.filter((record) => record.roleName === roleName);
    return {
      roleName,
      denied: askedIn(own.filter(({ decision }) => !decision.allowed)),
      allowed: askedIn(own.filter(({ decision }) => decision.allowed)),
      unused: unused.filter((id) => roleIn(id).includes(roleName)).map(statementIn),
    };
  });
}

/** Requests that differ only in the values of their conditions are one. */
function askedIn(records: readonly RecordedAccess[]): AskedAccess[] {
  const asked = new Map<string, AskedAccess>();
  for (const { request, decision, count } of records) {
    const { action, resource } = request;
    const id = decision.statement?.id;
    const key = JSON.stringify([action, resource, id]);
    const times = (asked.get(key)?.times ?? 0) + count;
    asked.set(key, { action, resource, statement: id === undefined ? undefined : statementIn(id), times });
  }
  return [...asked.values()];
}

/** The id of a statement begins with its role: `role NAME, policy NAME, statement 1: Allow …`. */
function roleIn(id: string): string[] {
  return /^role ([^,]+),/.exec(id)?.slice(1) ?? [];
}

function statementIn(id: string): RoleStatement {
  const [, place = '', content = id] = /^(?:role [^,]+, )?(.*?, statement [^:]*): (.*)$/s.exec(id) ?? [];
  return { place, content };
}
