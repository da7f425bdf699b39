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
  status:
    | 'UNCONFIRMED'
    | 'CONFIRMED'
    | 'EXTERNAL_PROVIDER'
    | 'FORCE_CHANGE_PASSWORD'
    | 'RESET_REQUIRED'
    | 'COMPROMISED'
    | 'ARCHIVED'
    | 'UNKNOWN';
  isEnabled: boolean;
  /** Since when they may be onboarded, in ms since 1970. */
  eligibleSince?: number;
  /** Until when they might be onboarded, in ms since 1970, if they may not any longer. */
  eligibleUntil?: number;
  /** Whether they ever might be onboarded. */
  wasEligible: boolean;
  /** When the trigger was called last with an event of a user who may be onboarded, in ms since 1970. */
  calledAt?: number;
  /** When the onboarding has added them to a group last, and when somebody took them out, in ms since 1970. */
  addedAt?: number;
  removedAt?: number;
  /** When a list has shown them last as a user who may be onboarded, in ms since 1970. */
  listedAt?: number;
  /** What lists show while they lag behind, and until when it was true. */
  before?: { readonly view: UserView; readonly wasEligible: boolean; readonly until: number };
}

/** A user as ListUsers shows them. */
export interface UserView {
  readonly Username: string;
  readonly Attributes: readonly { readonly Name: string; readonly Value: string }[];
  readonly UserStatus: string;
  readonly Enabled: boolean;
  readonly UserCreateDate: number;
}

/** What Cognito got from the trigger. */
export interface TriggerAnswer {
  /** Whether the user was eligible when they were confirmed. */
  readonly wasDue: boolean;
  /** When Cognito called the trigger first, in ms since 1970. */
  readonly calledAt: number;
  /** The error that the user sees, if there is one. */
  readonly error?: string;
}

/** One call of the trigger that was answered. */
export interface TriggerCall {
  /** In ms since 1970. */
  readonly calledAt: number;
  readonly failed: boolean;
  /** Whether Lambda ended the function at its time-out. */
  readonly hasTimedOut: boolean;
}

/** What happens to users, for those who want to know. */
export interface UserObserver {
  readonly confirmed: (user: User) => void;
  readonly triggerCalled: (user: User, call: TriggerCall) => void;
  /** Cognito has the trigger's answer: the event, or the error that the user sees. */
  readonly triggerAnswered: (user: User, answer: TriggerAnswer) => void;
  readonly addedToGroup: (user: User, group: string) => void;
  readonly removedFromGroups: (user: User) => void;
  readonly changed: (user: User, what: string) => void;
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
  if (!isEnabled || status === 'COMPROMISED' || status === 'ARCHIVED') return false;
  if (status === 'EXTERNAL_PROVIDER' || 'identities' in attributes) return true;
  return ['CONFIRMED', 'RESET_REQUIRED'].includes(status) && attributes.email_verified === 'true';
}

/** The group that a rule has for a user. This, too, is written down a second time on purpose. */
export function expectedGroup({ attributes }: User, rule: GroupRule | undefined): string | undefined {
  if (!rule) return undefined;
  const { by, group, attribute = '', groups = {}, otherwise } = rule;
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
