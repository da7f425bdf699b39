import type { Decision } from './policies/decide';
import type { AccessRequest } from './policies/statements';

/** A request that IAM decided, and how often it was made. */
export interface RecordedAccess {
  readonly roleName: string;
  readonly request: AccessRequest;
  readonly decision: Decision;
  count: number;
}

/** More than the number of permissions in a stack. Only requests for many different keys reach this limit. */
const MAX_RECORDS = 1_000;

/** The requests to IAM so far: each different request once, the latest at the end. */
export class AccessRecord {
  private readonly records = new Map<string, RecordedAccess>();

  add(roleName: string, request: AccessRequest, decision: Decision): void {
    const key = JSON.stringify([roleName, request, decision.allowed, decision.statement?.id]);
    const record = this.records.get(key) ?? { roleName, request, decision, count: 0 };
    record.count += 1;
    this.records.delete(key);
    this.records.set(key, record);
    const [oldest = ''] = this.records.keys();
    if (this.records.size > MAX_RECORDS) this.records.delete(oldest);
  }

  list(): RecordedAccess[] {
    return [...this.records.values()];
  }
}
