import type { Mutation } from '../../simulation/code/mutation';

/** A fault in the code, and the rule of the promise that it breaks. */
interface CodeFault {
  readonly name: string;
  readonly rule: RegExp;
  /** Finds it with few users. @default - 1 */
  readonly seed?: number;
  /** @default - 60 */
  readonly usersOfAWorld?: number;
  /** The app whose worlds find it. @default 'default' */
  readonly app?: 'default' | 'everything' | 'withoutGroup';
  readonly inDefinition?: readonly Mutation[];
  readonly inFunctions?: readonly Mutation[];
}

const ONBOARDING = 'state-machines/onboarding.asl.json';
const TRIGGER = 'functions/post-confirmation/handler.ts';
const RETRY = 'functions/retry-onboarding/handler.ts';
const ELIGIBILITY = 'functions/onboarding/eligibility.ts';
const RECONCILE = 'functions/reconcile-users/handler.ts';

/** Faults that somebody could put into the code without noticing it. Those that are found soonest come first. */
export const CODE_FAULTS: readonly CodeFault[] = [
  {
    name: 'a trigger that always throws',
    rule: /nobody sees an error who could be parked/,
    inFunctions: [
      {
        file: TRIGGER,
        from: '  if (user) await onboardOrPark(user, context);\n',
        to: '  if (user) throw new OnboardingIncompleteError();\n',
      },
    ],
  },
  {
    name: 'the record before the group',
    rule: /a record implies the group/,
    inDefinition: [
      { file: ONBOARDING, from: '          "group.$": "$.group.name",\n', to: '' },
      { file: ONBOARDING, from: '"StartAt": "AddUserToGroup"', to: '"StartAt": "PutUserRecord"' },
      { file: ONBOARDING, from: '"Next": "PutUserRecord"', to: '"Next": "UserOnboarded"' },
      {
        file: ONBOARDING,
        from: '"Next": "UserOnboarded"\n    },\n    "UserOnboarded"',
        to: '"Next": "AddUserToGroup"\n    },\n    "UserOnboarded"',
      },
    ],
  },
  {
    name: 'no condition on the record',
    seed: 2,
    rule: /the first record never changes/,
    inFunctions: [
      {
        file: 'functions/put-user-record/handler.ts',
        from: "        ConditionExpression: 'attribute_not_exists(#key)',\n",
        to: '',
      },
    ],
  },
  {
    name: 'no parking by the trigger',
    rule: /whoever saw no error/,
    inFunctions: [{ file: TRIGGER, from: '  await park(user, delay, context);\n}', to: '}' }],
  },
  {
    name: 'no time kept for parking',
    rule: /the trigger answers before its time-out|nobody sees an error who could be parked/,
    inFunctions: [{ file: TRIGGER, from: 'const PARKING_TIME = 1_300;', to: 'const PARKING_TIME = 0;' }],
  },
  {
    name: 'no batch failures',
    rule: /a message is deleted only when|a message that is no user/,
    inFunctions: [
      { file: RETRY, from: '  return { batchItemFailures };', to: '  return { batchItemFailures: [] };' },
    ],
  },
  {
    name: 'a lost page token',
    // Three pages of the user pool.
    usersOfAWorld: 150,
    rule: /a reconciliation (finds everybody|counts right)|everybody has a record/,
    inFunctions: [
      {
        file: RECONCILE,
        from: '    ...(PaginationToken && { paginationToken: PaginationToken }),\n',
        to: '',
      },
    ],
  },
  {
    name: 'a missing catch',
    rule: /every error of a task is caught/,
    inDefinition: [
      {
        file: ONBOARDING,
        from: `      "Catch": [
        {
          "ErrorEquals": ["States.ALL"],
          "ResultPath": "$.failure",
          "Next": "WasStartedByTrigger"
        }
      ],
      "Next": "PutUserRecord"`,
        to: '      "Next": "PutUserRecord"',
      },
    ],
  },
  {
    name: 'a retry that forgets the group',
    rule: /a record implies the group/,
    inDefinition: [
      { file: ONBOARDING, from: '          "group.$": "$.group.name",\n', to: '' },
      { file: ONBOARDING, from: '"Default": "OnboardingFailed"', to: '"Default": "PutUserRecord"' },
    ],
  },
  {
    name: 'a swallowed error in parking',
    rule: /whoever saw no error/,
    inFunctions: [
      {
        file: TRIGGER,
        from: "    console.error({ event: 'UserNotParked', sub: user.sub, ...describeError(error) });\n    throw new OnboardingIncompleteError();",
        to: '    return;',
      },
    ],
  },
  {
    name: 'a wrong receive count',
    rule: /a user is tried for an hour at least/,
    inFunctions: [
      {
        file: RETRY,
        from: 'Number(attributes.ApproximateReceiveCount)',
        to: 'Number(attributes.SentCount ?? 1)',
      },
    ],
  },
  {
    name: 'a reconciliation that skips the last page',
    rule: /a reconciliation (finds everybody|counts right)|everybody has a record/,
    inFunctions: [
      {
        file: RECONCILE,
        from: 'await reconcileUsers(Users, soFar)',
        to: 'await reconcileUsers(PaginationToken ? Users : [], soFar)',
      },
    ],
  },
  {
    name: 'a reconciliation that queues disabled users',
    rule: /nobody is queued who was not eligible/,
    inFunctions: [{ file: ELIGIBILITY, from: "  if (!enabled) return 'Disabled';\n", to: '' }],
  },
  {
    name: 'a reconciliation that queues users who can no longer sign in',
    rule: /nobody is queued who was not eligible/,
    inFunctions: [{ file: ELIGIBILITY, from: "['ARCHIVED', 'COMPROMISED']", to: "['ARCHIVED']" }],
  },
  {
    name: 'a reconciliation that leaves out users who must choose a new password',
    rule: /a reconciliation (finds everybody|counts right)|everybody has a record/,
    inFunctions: [{ file: ELIGIBILITY, from: "['CONFIRMED', 'RESET_REQUIRED']", to: "['CONFIRMED']" }],
  },
  {
    name: 'a dry run that queues users',
    rule: /a dry run changes nothing/,
    inFunctions: [
      {
        file: RECONCILE,
        from: 'const queued = dryRun ? [] : await queueUsers(wanted, all);',
        to: 'const queued = await queueUsers(wanted, all);',
      },
    ],
  },
  {
    name: 'a dry run that sets the trigger again',
    app: 'everything',
    rule: /a dry run changes nothing/,
    inDefinition: [
      {
        file: 'state-machines/reconciliation.asl.json',
        from: '{ "Variable": "$.dryRun", "BooleanEquals": true }',
        to: '{ "Variable": "$.dryRun", "BooleanEquals": false }',
      },
    ],
  },
  {
    name: 'a reconciliation that counts only its last page',
    usersOfAWorld: 150,
    rule: /a reconciliation counts right/,
    inFunctions: [
      {
        file: 'functions/reconcile-users/reconciliation.ts',
        from: 'missing: soFar.missing + page.missing',
        to: 'missing: page.missing',
      },
    ],
  },
  {
    name: 'a reconciliation with all that looks at nobody who has a record',
    rule: /a reconciliation with all finds everybody|a reconciliation counts right/,
    inFunctions: [
      {
        file: RECONCILE,
        from: 'all ? eligible.filter((user) => !missing.includes(user)) : []',
        to: 'all ? missing : []',
      },
    ],
  },
  {
    name: 'a reconciliation with all that takes a record as proof where there is no group',
    app: 'withoutGroup',
    rule: /a reconciliation counts right/,
    inFunctions: [
      {
        file: RECONCILE,
        from: 'await findUsersOutsideGroup(recorded, rule) : recorded;',
        to: 'await findUsersOutsideGroup(recorded, rule) : [];',
      },
    ],
  },
  {
    name: 'a reconciliation with all whose messages do not say so',
    rule: /everybody is in their group in the end|a reconciliation with all finds everybody/,
    inFunctions: [
      { file: RECONCILE, from: 'parkUsers(users, all)', to: 'parkUsers(users, all && users.length === 0)' },
    ],
  },
  {
    name: 'a reconciliation that queues archived users',
    rule: /nobody is queued who was not eligible/,
    inFunctions: [{ file: ELIGIBILITY, from: "['ARCHIVED', 'COMPROMISED']", to: "['COMPROMISED']" }],
  },
  {
    name: 'a record without the results of the own steps',
    app: 'everything',
    rule: /a record implies every own step/,
    inFunctions: [
      {
        file: 'functions/put-user-record/handler.ts',
        from: 'itemOf({ user, group, steps, now: new Date() })',
        to: 'itemOf({ user, group, now: new Date() })',
      },
    ],
  },
  {
    name: 'a retry that does not see that the event is missing',
    app: 'everything',
    rule: /a message is deleted only when|a reconciliation finds everybody/,
    inFunctions: [
      {
        file: 'functions/retry-onboarding/has-record.ts',
        from: '  const pending = eventPendingAttribute();',
        to: '  const pending = undefined;',
      },
    ],
  },
  {
    name: 'a reconciliation that does not see that the event is missing',
    app: 'everything',
    rule: /no event|whoever has a record has their event|a reconciliation counts right/,
    inFunctions: [
      {
        file: 'functions/reconcile-users/users-without-record.ts',
        from: '  const pending = eventPendingAttribute();',
        to: '  const pending = undefined;',
      },
    ],
  },
];
