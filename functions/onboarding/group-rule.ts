import type { ConfirmedUser } from './confirmed-user';

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

/** The name of the user's group, or `null` if the rule has none for them. */
export function groupOf({ attributes }: ConfirmedUser, rule: GroupRule): string | null {
  if (rule.by === 'name') return rule.group;
  const value = rule.by === 'attribute' ? attributes[rule.attribute] : verifiedDomainOf(attributes);
  const isNamed = value !== undefined && Object.hasOwn(rule.groups, value);
  return (isNamed ? rule.groups[value] : rule.otherwise) ?? null;
}

/** Every group that the rule can choose. */
export function groupsOf(rule: GroupRule): string[] {
  if (rule.by === 'name') return [rule.group];
  return [...Object.values(rule.groups), ...(rule.otherwise === undefined ? [] : [rule.otherwise])];
}

/** What comes after the last `@` of a verified e-mail address, in lower case. */
function verifiedDomainOf({ email, email_verified }: ConfirmedUser['attributes']): string | undefined {
  if (email_verified?.toLowerCase() !== 'true' || !email?.includes('@')) return undefined;
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
