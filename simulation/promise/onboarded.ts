import type { Item } from '../models/dynamodb';
import { expectedGroup, type User } from '../models/user';
import type { Features } from './features';

/** Who has a record, a tenant and an event, by their subs; and what each of them implies. */
export class Onboarded {
  private readonly records = new Set<string>();
  private readonly events = new Set<string>();
  private readonly tenants = new Map<string, unknown>();

  constructor(private readonly features: Features) {}

  hasRecord(sub: string): boolean {
    return this.records.has(sub);
  }

  /** Whether nothing is left to do for a user. */
  isDone(sub: string): boolean {
    return this.hasRecord(sub) && (!this.features.publishesEvents || this.events.has(sub));
  }

  isInTheirGroup(user: User): boolean {
    const group = expectedGroup(user, this.features.groupRule);
    return group === undefined ? user.groups.size === 0 : user.groups.has(group) && user.groups.size === 1;
  }

  /** @returns the rules that a record breaks. */
  putRecord(item: Item, previous: Item | undefined, user: User): string[] {
    this.records.add(user.sub);
    const group = expectedGroup(user, this.features.groupRule);
    return brokenRules({
      'the first record never changes': previous === undefined,
      'a record implies the group': this.isInTheirGroup(user),
      'a record names the group': !('memberOf' in item) || textOf(item.memberOf) === group,
      'a record implies every own step': this.hasTenantIn(item, user),
      'nobody has a record who was never eligible': user.wasEligible,
    });
  }

  /** Where the app has tenants, a record names the user's own one. */
  private hasTenantIn(item: Item, { sub }: User): boolean {
    if (this.features.tenantTable === undefined) return !('tenantId' in item);
    const tenant = this.tenants.get(sub);
    return tenant !== undefined && textOf(item.tenantId) === tenant;
  }

  /** @returns the rules that a tenant breaks. */
  putTenant(item: Item, previous: Item | undefined, user: User): string[] {
    this.tenants.set(user.sub, textOf(item.tenantId));
    return brokenRules({
      'a step that runs again has no second effect': previous === undefined,
      'nobody has a tenant who was never eligible': user.wasEligible,
    });
  }

  /** @returns the rules that a record breaks whose mark is removed. */
  removeMark({ sub }: User): string[] {
    return brokenRules({ 'a record is marked until its event is published': this.events.has(sub) });
  }

  /** @returns the rules that an event breaks. */
  publishEvent({ sub }: User): string[] {
    this.events.add(sub);
    return brokenRules({ 'an event follows a record': this.hasRecord(sub) });
  }
}

function brokenRules(rules: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(rules).filter((rule) => !rules[rule]);
}

function textOf(attribute: unknown): unknown {
  return (attribute as { S?: string } | undefined)?.S;
}
