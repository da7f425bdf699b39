import { Token } from 'aws-cdk-lib';
import type { GroupRule } from '../../functions/onboarding/group-rule';

/** What happens to users for whom a rule names no group. */
export interface OnboardingGroupOptions {
  /**
   * The group of every other user.
   *
   * @default - they join no group
   */
  readonly otherwise?: string;
}

/** Options of {@link OnboardingGroup.byAttribute}. */
export interface GroupByAttributeOptions extends OnboardingGroupOptions {
  /**
   * Whether users may choose their group themselves, by writing the attribute. An app client lets them write
   * every attribute, at sign-up too, unless its `writeAttributes` leave it out.
   *
   * @default false - synthesis fails if an app client of the user pool lets users write the attribute
   */
  readonly usersMayChoose?: boolean;
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html */
const GROUP_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

const DOMAIN = /^[^@\s]+$/;

/**
 * The user pool group that a user joins when they are onboarded. It is chosen once: a change of the attribute
 * or the address afterwards moves nobody to another group.
 */
export class OnboardingGroup {
  /** The same group for everybody. */
  static named(group: string): OnboardingGroup {
    return new OnboardingGroup({ by: 'name', group }, [group], []);
  }

  /** No group: nobody checks that a user exists in the pool, and nobody gets a role through a group. */
  static none(): OnboardingGroup {
    return new OnboardingGroup(undefined, [], []);
  }

  /**
   * The group that a Cognito attribute chooses.
   *
   * @param groups the names of the groups by the value of the attribute, which must be exactly the same.
   */
  static byAttribute(
    attribute: string,
    groups: Readonly<Record<string, string>>,
    { otherwise, usersMayChoose = false }: GroupByAttributeOptions = {},
  ): OnboardingGroup {
    const rule: GroupRule = {
      by: 'attribute',
      attribute,
      groups,
      ...(otherwise !== undefined && { otherwise }),
    };
    const guarded = usersMayChoose ? undefined : attribute;
    return new OnboardingGroup(rule, namesOf(groups, otherwise), [attribute], guarded);
  }

  /**
   * The group that the domain of the verified e-mail address chooses: what comes after the last `@`, in upper or
   * lower case, without its subdomains. An address that is not verified chooses no group.
   *
   * Whoever runs an identity provider whose `email_verified` is mapped can claim any domain.
   *
   * @param groups the names of the groups by the domain, such as `example.com`.
   */
  static byEmailDomain(
    groups: Readonly<Record<string, string>>,
    { otherwise }: OnboardingGroupOptions = {},
  ): OnboardingGroup {
    const rule: GroupRule = {
      by: 'emailDomain',
      groups: inLowerCase(groups),
      ...(otherwise !== undefined && { otherwise }),
    };
    return new OnboardingGroup(rule, namesOf(groups, otherwise), ['email', 'email_verified']);
  }

  /**
   * @param names of all groups that a user can join, in the order in which the rule names them.
   * @param attributes the Cognito attributes that the rule reads.
   * @param guarded the attribute that no app client may let users write.
   * @throws Error for a name that Cognito would refuse, or a rule without groups.
   */
  private constructor(
    readonly rule: GroupRule | undefined,
    readonly names: readonly string[],
    readonly attributes: readonly string[],
    readonly guarded?: string,
  ) {
    for (const name of names) {
      if (Token.isUnresolved(name) || GROUP_NAME.test(name)) continue;
      throw new Error(`the name of a group must be 1 to 128 characters without spaces, got: "${name}"`);
    }
    if (rule && 'groups' in rule && Object.keys(rule.groups).length === 0) {
      throw new Error('a group by attribute or e-mail domain must have at least one value with its group');
    }
  }
}

function namesOf(groups: Readonly<Record<string, string>>, otherwise: string | undefined): string[] {
  const names = [...Object.values(groups), ...(otherwise === undefined ? [] : [otherwise])];
  return [...new Set(names)];
}

function inLowerCase(groups: Readonly<Record<string, string>>): Record<string, string> {
  const domains = Object.keys(groups).map((domain) => domain.toLowerCase());
  const wrong = domains.find((domain, index) => !DOMAIN.test(domain) || domains.indexOf(domain) !== index);
  if (wrong !== undefined) {
    throw new Error(
      `byEmailDomain must have each domain once, such as example.com, without an @, got: "${wrong}"`,
    );
  }
  return Object.fromEntries(Object.values(groups).map((group, index) => [domains[index], group]));
}
