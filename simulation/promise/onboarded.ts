import type { Item } from '../models/dynamodb';
import { expectedGroup, type User } from '../models/user';
import type { Features } from './features';

/** Who has a record, a tenant and an event, by their subs; and what each of them implies. */
export class Onboarded {
  private readonly records = new Set<string>();
  /** When a record was complete, in ms since 1970. */
  private readonly complete = new Map<string, number>();
  private readonly events = new Set<string>();
  private readonly tenants = new Map<string, unknown>();

  constructor(
    private readonly features: Features,
    private readonly now: () => number,
  ) {}

  hasRecord(sub: string): boolean {
    return this.records.has(sub);
  }

  /** When a user had a record without the mark of an event, in ms since 1970; infinity without one. */
  completeAt(sub: string): number {
    return this.complete.get(sub) ?? Number.POSITIVE_INFINITY;
  }

  /** Whether nothing is left to do for a user. */
  isDone(sub: string): boolean {
    return this.hasRecord(sub) && (!this.features.publishesEvents || this.events.has(sub));
  }

  isInTheirGroup(user: User): boolean {
    const group = expectedGroup(user, this.features.groupRule);
    return group === undefined ? user.groups.size === 0 : user.groups.has(group) && user.groups.size === 1;
  }

  /** Whether the onboarding has put a user into their group, even if somebody has taken them out since. */
  wasAddedToTheirGroup(user: User): boolean {
    const { addedAt = Number.POSITIVE_INFINITY, removedAt = Number.NEGATIVE_INFINITY } = user;
    return this.isInTheirGroup(user) || removedAt >= addedAt;
  }

  /** @returns the rules that a record breaks. */
  putRecord(item: Item, previous: Item | undefined, user: User): string[] {
    this.records.add(user.sub);
    if (!this.features.publishesEvents) this.completed(user);
    const group = expectedGroup(user, this.features.groupRule);
    return brokenRules({
      'the first record never changes': previous === undefined,
      'a record implies the group': this.wasAddedToTheirGroup(user),
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
  removeMark(user: User): string[] {
    this.completed(user);
    return brokenRules({ 'a record is marked until its event is published': this.events.has(user.sub) });
  }

  private completed({ sub }: User): void {
    if (!this.complete.has(sub)) this.complete.set(sub, this.now());
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
