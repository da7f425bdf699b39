import { Clock } from '../../../simulation/clock/clock';
import type { User } from '../../../simulation/models/user';
import type { Features } from '../../../simulation/promise/features';
import { Onboarded } from '../../../simulation/promise/onboarded';
import {
  type ReconciliationCounts,
  type ReconciliationInput,
  ReconciliationRules,
  type RulesOptions,
} from '../../../simulation/promise/reconciliation-rules';

const HOUR = 3_600_000;

/** What a reconciliation answers that sees nobody. */
const NOBODY: ReconciliationCounts = {
  scanned: 0,
  eligible: 0,
  missing: 0,
  outsideGroup: 0,
  groupAdds: 0,
  queued: 0,
  notQueued: 0,
};

function newUser(sub: string, user: Partial<User> = {}): User {
  return {
    number: 0,
    username: sub,
    sub,
    createdAt: 0,
    attributes: {},
    groups: new Set(),
    status: 'CONFIRMED',
    isEnabled: true,
    eligibleSince: 0,
    wasEligible: true,
    ...user,
  };
}

/** The rules in a world in which an hour has passed, and what they say is broken. */
async function rulesFor(...users: User[]) {
  return rulesIn({ groupRule: { by: 'name', group: 'users' } }, ...users);
}

async function rulesIn({ groupRule }: Pick<Features, 'groupRule'>, ...users: User[]) {
  const clock = new Clock(0);
  const features = { groupRule, reattaches: true } as Features;
  const onboarded = new Onboarded(features, clock.now);
  const broken: string[] = [];
  const queued = new Set<string>();
  const cognito = {
    users: new Map(users.map((user) => [user.sub, user])),
    created: users.length,
    changes: 0,
  };
  const pool: { postConfirmation?: string; detachedAt?: number } = { postConfirmation: 'arn' };
  const options = {
    world: { clock, cognito, pool },
    features,
    onboarded,
    alarms: { expect: (heading: string) => broken.push(`no alarm ${heading}`) },
    isQueued: ({ sub }: User) => queued.has(sub),
    break: (rule: string, _: User | undefined, details?: string) => broken.push(details ?? rule),
  } as unknown as RulesOptions;
  await clock.runUntil(HOUR);
  return { rules: new ReconciliationRules(options), onboarded, broken, queued, cognito, pool, clock };
}

type Setting = Awaited<ReturnType<typeof rulesFor>>;

function reconcile(
  { rules }: Setting,
  input: ReconciliationInput,
  counts: Partial<ReconciliationCounts>,
  meanwhile: () => void = () => {},
): void {
  const begin = rules.begin(input);
  rules.executionStarted(input);
  meanwhile();
  rules.executionEnded(input);
  rules.ended(begin, true, { ...NOBODY, ...counts });
}

const ONE_MISSING = { scanned: 1, eligible: 1, missing: 1, groupAdds: 1 };

test.each<[ReconciliationInput, string[]]>([
  [{ dryRun: true }, ['a dry run changes nothing']],
  [{}, []],
])('with %j, a message breaks %j', async (input, expected) => {
  const setting = await rulesFor();

  reconcile(setting, input, {}, () => setting.rules.changed());

  expect(setting.broken).toEqual(expected);
});

test('a dry run may not queue what an earlier reconciliation would have', async () => {
  const setting = await rulesFor();
  reconcile(setting, {}, {});
  setting.rules.changed();
  expect(setting.broken).toEqual([]);

  await setting.clock.runUntil(2 * HOUR);
  reconcile(setting, { dryRun: true }, {}, () => setting.rules.changed());

  expect(setting.broken).toEqual(['a dry run changes nothing']);
});

test('a dry run counts who is missing, and queues nobody', async () => {
  const setting = await rulesFor(newUser('a'));

  reconcile(setting, { dryRun: true }, ONE_MISSING);
  expect(setting.broken).toEqual([]);

  reconcile(setting, { dryRun: true }, { ...ONE_MISSING, missing: 0, groupAdds: 2, queued: 1 });
  expect(setting.broken).toEqual([
    'missing 0, not 1 to 1, groupAdds 2, not 1 to 1, queued 1 and not queued 0 of 0',
  ]);
});

test('who changes meanwhile may be counted or not', async () => {
  const setting = await rulesFor(newUser('a', { eligibleSince: undefined }));
  const change = () => {
    setting.cognito.changes += 1;
  };

  reconcile(setting, { dryRun: true }, ONE_MISSING, change);
  reconcile(setting, { dryRun: true }, { scanned: 1 }, change);
  expect(setting.broken).toEqual([]);

  reconcile(setting, { dryRun: true }, ONE_MISSING);
  expect(setting.broken).toEqual(['eligible 1, not 0 to 0, missing 1, not 0 to 0, groupAdds 1, not 0 to 0']);
});

test('a scheduled reconciliation queues whoever is missing, and raises an alarm', async () => {
  const setting = await rulesFor(newUser('a'));

  reconcile(setting, { scheduled: true }, { ...ONE_MISSING, queued: 1 });

  expect(setting.broken).toEqual([
    'a reconciliation finds everybody who has no record, or no event',
    'no alarm UsersMissed',
  ]);
});

describe('of a user with a record, whom somebody took out of the group', () => {
  const counts = { scanned: 1, eligible: 1 };
  const outside = { ...counts, outsideGroup: 1, groupAdds: 1, queued: 1 };

  async function settingAfterRemoval() {
    const user = newUser('a', { addedAt: 1, removedAt: 2 });
    const setting = await rulesFor(user);
    setting.onboarded.putRecord({}, undefined, user);
    await setting.clock.runUntil(2 * HOUR);
    return { ...setting, user };
  }

  test('a reconciliation with all finds them, and brings them back', async () => {
    const { user, ...setting } = await settingAfterRemoval();
    setting.queued.add('a');
    expect(setting.rules.shouldBeInGroup(user)).toBe(false);

    reconcile(setting, { all: true }, outside);

    expect(setting.broken).toEqual([]);
    expect(setting.rules.shouldBeInGroup(user)).toBe(true);
    setting.rules.memberRemoved(user);
    expect(setting.rules.shouldBeInGroup(user)).toBe(false);
  });

  test.each([
    [{}, counts],
    [
      { all: true, dryRun: true },
      { ...outside, queued: 0 },
    ],
    [{ all: true }, { ...outside, queued: 0, notQueued: 1 }],
  ])('a reconciliation with %j brings nobody back who counts %j', async (input, count) => {
    const { user, ...setting } = await settingAfterRemoval();

    reconcile(setting, input, count);

    expect(setting.broken).toEqual([]);
    expect(setting.rules.shouldBeInGroup(user)).toBe(false);
  });

  test('a reconciliation with all must find them', async () => {
    const setting = await settingAfterRemoval();

    reconcile(setting, { all: true }, counts);

    expect(setting.broken).toEqual([
      'a reconciliation with all finds everybody who is in no group',
      'outsideGroup 0, not 1 to 1, groupAdds 0, not 1 to 1',
    ]);
  });
});

test.each<[ReconciliationInput, Partial<ReconciliationCounts>]>([
  [{ all: true }, { queued: 1 }],
  [{ all: true, dryRun: true }, {}],
  [{}, {}],
])(
  'where there is no group, a reconciliation with %j queues %j of those with a record',
  async (input, queued) => {
    const user = newUser('a');
    const setting = await rulesIn({}, user);
    setting.onboarded.putRecord({}, undefined, user);

    reconcile(setting, input, { scanned: 1, eligible: 1, ...queued });
    expect(setting.broken).toEqual([]);

    reconcile(setting, input, { scanned: 1, eligible: 1, queued: 2 });
    expect(setting.broken).toEqual([`queued 2 and not queued 0 of ${queued.queued ?? 0}`]);
  },
);

test.each<[ReconciliationInput, string[]]>([
  [{}, ['no alarm TriggerDetached', 'a reconciliation sets the trigger again']],
  [{ dryRun: true }, ['no alarm TriggerDetached']],
])('with %j, a trigger that stays detached breaks %j', async (input, expected) => {
  const setting = await rulesFor();
  setting.pool.postConfirmation = undefined;

  reconcile(setting, input, {});

  expect(setting.broken).toEqual(expected);
});
