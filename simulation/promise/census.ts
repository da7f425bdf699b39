import { expectedGroup, type User } from '../models/user';
import type { Features } from './features';
import type { Onboarded } from './onboarded';
import type { PromisedWorld } from './promised-world';
import { LIST_LAG } from './times';

/** The counts of users that a reconciliation answers with. */
export type CountName = 'scanned' | 'eligible' | 'missing' | 'outsideGroup' | 'groupAdds';

type Numbers = Readonly<Record<CountName, number>>;

/** The least and the most that a count may be. */
export type Limits = Readonly<Record<CountName, readonly [least: number, most: number]>>;

/** The part of the world in which users are counted. */
export interface Counted {
  readonly world: Pick<PromisedWorld, 'clock' | 'cognito'>;
  readonly onboarded: Onboarded;
  readonly features: Features;
}

/**
 * What a reconciliation has to count that begins now. Users come, change and leave meanwhile, and lists lag
 * behind, so that each count only has limits.
 */
export class Census {
  private readonly at: number;
  private readonly created: number;
  private readonly changes: number;
  private readonly most: Numbers;

  /** @param all whether those are counted, too, who have a record but are in none of the groups. */
  constructor(
    private readonly counted: Counted,
    private readonly all: boolean,
  ) {
    const { clock, cognito } = counted.world;
    this.at = clock.now();
    this.created = cognito.created;
    this.changes = cognito.changes;
    this.most = this.mostOfNow();
  }

  /** Who was eligible all the time, and had no record, or one with the mark of an event. */
  missing(): User[] {
    return this.settled().filter(this.isIncomplete);
  }

  /** Who was eligible and had a record all the time, and was in none of the groups. */
  outside(): User[] {
    if (!this.all) return [];
    const { onboarded } = this.counted;
    return this.settled().filter(
      (user) =>
        this.isOutside(user) &&
        (user.removedAt ?? this.at) < this.at &&
        onboarded.completeAt(user.sub) < this.at,
    );
  }

  limits(): Limits {
    const { world } = this.counted;
    const [created, changed] = [world.cognito.created - this.created, world.cognito.changes - this.changes];
    const [settled, missing, outside] = [this.settled(), this.missing(), this.outside()];
    const wanted = [...missing, ...outside];
    const outsideMost = this.all ? this.most.outsideGroup + changed : 0;
    return {
      scanned: [this.users(({ createdAt }) => createdAt < this.earliest).length, this.most.scanned + created],
      eligible: [settled.length, this.most.eligible + changed],
      missing: [missing.length, this.most.missing + changed],
      outsideGroup: [outside.length, outsideMost],
      groupAdds: [wanted.filter(this.hasGroup).length, this.most.groupAdds + changed],
    };
  }

  /** What it can count if nobody changes. Who could be onboarded a little while ago can be in a list. */
  private mostOfNow(): Numbers {
    const eligible = this.users(
      ({ eligibleSince, eligibleUntil = Number.NEGATIVE_INFINITY }) =>
        eligibleSince !== undefined || eligibleUntil >= this.earliest,
    );
    const missing = eligible.filter(this.isIncomplete);
    // Who was taken out of their group between the group and the record can have a record soon.
    const outside = eligible.filter((user) => this.isOutside(user) && user.removedAt !== undefined);
    return {
      scanned: this.users(() => true).length,
      eligible: eligible.length,
      missing: missing.length,
      outsideGroup: outside.length,
      groupAdds: [...missing, ...outside].filter(this.hasGroup).length,
    };
  }

  private readonly isIncomplete = ({ sub }: User): boolean =>
    this.counted.onboarded.completeAt(sub) === Number.POSITIVE_INFINITY;

  private readonly hasGroup = (user: User): boolean =>
    expectedGroup(user, this.counted.features.groupRule) !== undefined;

  private readonly isOutside = (user: User): boolean => user.groups.size === 0 && this.hasGroup(user);

  /** Who was eligible all the time. */
  private settled(): User[] {
    return this.users(({ eligibleSince = this.at }) => eligibleSince < this.earliest);
  }

  private users(test: (user: User) => boolean): User[] {
    return [...this.counted.world.cognito.users.values()].filter(test);
  }

  /** Who is in every list of now was so before then, in ms since 1970. */
  private get earliest(): number {
    return this.at - LIST_LAG;
  }
}
