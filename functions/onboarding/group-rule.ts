import { attributeOf, type ConfirmedUser } from './confirmed-user';

/** How a user's group is chosen. `groups` are the names of the groups by the value that chooses each. */
export type GroupRule =
  | { readonly by: 'name'; readonly group: string }
  | {
      readonly by: 'attribute';
      readonly attribute: string;
      readonly groups: Readonly<Record<string, string>>;
      /** @default - no group */
      readonly otherwise?: string;
    }
  | {
      readonly by: 'emailDomain';
      /** The domains are in lower case. */
      readonly groups: Readonly<Record<string, string>>;
      /** @default - no group */
      readonly otherwise?: string;
    };

/**
 * The name of the user's group, or `null` if the rule has none for them.
 *
 * @throws AttributeUnknownError if what the rule reads was not asked for.
 */
export function groupOf(user: ConfirmedUser, rule: GroupRule): string | null {
  if (rule.by === 'name') return rule.group;
  const value = rule.by === 'attribute' ? attributeOf(user, rule.attribute) : verifiedDomainOf(user);
  const isNamed = value !== undefined && Object.hasOwn(rule.groups, value);
  return (isNamed ? rule.groups[value] : rule.otherwise) ?? null;
}

/** Every group that the rule can choose. */
export function groupsOf(rule: GroupRule): string[] {
  if (rule.by === 'name') return [rule.group];
  return [...Object.values(rule.groups), ...(rule.otherwise === undefined ? [] : [rule.otherwise])];
}

/** What comes after the last `@` of a verified e-mail address, in lower case. */
function verifiedDomainOf(user: ConfirmedUser): string | undefined {
  const email = attributeOf(user, 'email');
  const verified = attributeOf(user, 'email_verified');
  if (verified?.toLowerCase() !== 'true' || !email?.includes('@')) return undefined;
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
