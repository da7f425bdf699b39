/** The rule by which an app chooses a user's group, as its functions get it. */
export interface GroupRule {
  readonly by: 'name' | 'attribute' | 'emailDomain';
  readonly group?: string;
  readonly attribute?: string;
  readonly groups?: Readonly<Record<string, string>>;
  readonly otherwise?: string;
}

/** A user of the user pool. */
export interface User {
  /** Their place in the order of creation. */
  readonly number: number;
  readonly username: string;
  readonly sub: string;
  readonly createdAt: number;
  readonly attributes: Record<string, string>;
  readonly groups: Set<string>;
  status: 'UNCONFIRMED' | 'CONFIRMED' | 'EXTERNAL_PROVIDER' | 'FORCE_CHANGE_PASSWORD';
  isEnabled: boolean;
  /** Since when they may be onboarded, in ms since 1970. */
  eligibleSince?: number;
  /** Whether they ever might be onboarded. */
  wasEligible: boolean;
  /** What lists show while they lag behind, and until when it was true. */
  before?: { readonly view: UserView; readonly until: number };
}

/** A user as ListUsers shows them. */
export interface UserView {
  readonly Username: string;
  readonly Attributes: readonly { readonly Name: string; readonly Value: string }[];
  readonly UserStatus: string;
  readonly Enabled: boolean;
  readonly UserCreateDate: number;
}

export function viewOf({ username, attributes, status, isEnabled, createdAt }: User): UserView {
  return {
    Username: username,
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    UserStatus: status,
    Enabled: isEnabled,
    UserCreateDate: createdAt / 1000,
  };
}

/**
 * Whether a user may be onboarded: they can sign in, and somebody verified their address. This is written
 * down a second time on purpose; the handlers are measured by it.
 */
export function isEligible({ isEnabled, status, attributes }: User): boolean {
  if (!isEnabled) return false;
  if (status === 'EXTERNAL_PROVIDER' || 'identities' in attributes) return true;
  return status === 'CONFIRMED' && attributes.email_verified === 'true';
}

/** The group that a rule has for a user. This, too, is written down a second time on purpose. */
export function expectedGroup(
  { attributes }: User,
  { by, group, attribute = '', groups = {}, otherwise }: GroupRule,
): string | undefined {
  if (by === 'name') return group;
  const [, domain = ''] = attributes.email?.toLowerCase().split('@') ?? [];
  const verified = attributes.email_verified === 'true' ? domain : undefined;
  const value = by === 'attribute' ? attributes[attribute] : verified;
  const [, chosen] = Object.entries(groups).find(([name]) => name === value) ?? [];
  return chosen ?? otherwise;
}

const SUB = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The first sub in a text, such as a message or a record, if there is one. */
export function subIn(text: string): string | undefined {
  return SUB.exec(text)?.[0];
}
