import type { UserOnboardingProps } from './user-onboarding-props';

/** The props of the version before, and what says the same now. */
const REMOVED = {
  groupName: 'group: OnboardingGroup.named(…)',
  createGroup: 'createGroups',
  'record.partitionKey': "record.key, such as { PK: 'USER#<sub>' }, the partition key first",
  'record.sortKey': 'record.key, whose second attribute is the sort key',
  'record.keyPrefix': "record.key, such as { PK: 'USER#<sub>' }",
  'record.initialAttributes': 'record.attributes, which holds all attributes but the key',
};

/** @throws Error for props that contradict one another or that Cognito would refuse. */
export function assertValid(props: UserOnboardingProps): void {
  assertNothingRemoved(props);
  const { userPool, userPoolClient, group, createGroups, groupPrecedence } = props;
  const { attachTrigger, replaceTrigger } = props;
  const { table, deletionProtection } = props;
  const hasGroup = group === undefined || group.rule !== undefined;
  if (createGroups && !hasGroup)
    throw new Error('createGroups needs a group: OnboardingGroup.none() has none');
  const createsGroups = hasGroup && (createGroups ?? !userPool);
  assertPrecedence(groupPrecedence, createsGroups ? (group?.names.length ?? 1) : 0);
  if (!userPool) {
    const needsUserPool = Object.entries({ userPoolClient, attachTrigger, replaceTrigger });
    const [name] = needsUserPool.find(([, value]) => value !== undefined) ?? [];
    if (name) throw new Error(`${name} needs userPool: it is only for an existing user pool`);
    if (hasGroup && createGroups === false) {
      throw new Error('createGroups must not be false without userPool: a new user pool has no groups');
    }
  }
  if (userPool && userPoolClient && !createGroups) {
    throw new Error('userPoolClient is for the IAM role of a group created here: it needs createGroups');
  }
  if (userPool && props.email) {
    throw new Error('email is for a user pool that is created here: set it on your own where you define it');
  }
  if (userPool && table && deletionProtection) {
    throw new Error(
      'deletionProtection is for a user pool or a table that is created here: protect your own where you ' +
        'define them',
    );
  }
  if (replaceTrigger && !attachTrigger) {
    throw new Error('replaceTrigger needs attachTrigger: nothing is attached without it');
  }
}

function assertNothingRemoved(props: object): void {
  for (const [path, successor] of Object.entries(REMOVED)) {
    const value = path
      .split('.')
      .reduce<unknown>((object, name) => (object as Record<string, unknown> | undefined)?.[name], props);
    if (value !== undefined) throw new Error(`${path} is not a prop any more: use ${successor}`);
  }
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html */
function assertPrecedence(precedence: number | undefined, groups: number): void {
  if (precedence === undefined) return;
  if (groups === 0) throw new Error('groupPrecedence is for groups created here: it needs createGroups');
  const largest = 2 ** 31 - groups;
  if (Number.isInteger(precedence) && precedence >= 0 && precedence <= largest) return;
  const reason = groups > 1 ? `, since each of the ${groups} groups has one more than the one before it` : '';
  throw new Error(`groupPrecedence must be a whole number from 0 to ${largest}${reason}, got: ${precedence}`);
}
