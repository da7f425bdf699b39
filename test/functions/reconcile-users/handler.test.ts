import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
  UserNotFoundException,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/reconcile-users/handler';
import { confirmedUser, identityAt, listedUser, SUB } from '../../support/builders';

// The fake timers do not replace this module's timers by themselves.
jest.mock('node:timers/promises', () => ({
  setTimeout: (time: number) => new Promise((resolve) => setTimeout(resolve, time)),
}));

const TABLE = 'users-table';
const USER_POOL_ID = 'us-east-1_AbCdEfGhI';

const cognito = mockClient(CognitoIdentityProviderClient);
const dynamodb = mockClient(DynamoDBDocumentClient);
const sqs = mockClient(SQSClient);
const log = { info: jest.fn(), error: jest.fn() };

const federated = { email_verified: 'false' };
const userOf = (sub: string) => listedUser({ attributes: { sub } });
const usersOf = (length: number) => Array.from({ length }, (_, index) => userOf(`user-${index}`));
const recordsOf = (...subs: string[]) => ({ [TABLE]: keysOf(...subs) });
const keysOf = (...subs: string[]) => subs.map((sub) => ({ PK: `USER#${sub}`, SK: `USER#${sub}` }));
const throttled = (name: string) => Object.assign(new Error('slow down'), { name });

const listCalls = () => cognito.commandCalls(ListUsersCommand).map((call) => call.args[0].input);
const batchGetCalls = () =>
  dynamodb.commandCalls(BatchGetCommand).map((call) => call.args[0].input.RequestItems?.[TABLE]);
const batches = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .map(({ args: [{ input }] }) =>
      (input.Entries ?? []).map(({ MessageBody = '' }) => JSON.parse(MessageBody)),
    );
const queuedSubs = () => batches().flatMap((users) => users.map(({ sub }) => sub));

const askedForGroups = () =>
  cognito.commandCalls(AdminListGroupsForUserCommand).map((call) => call.args[0].input.Username);
/** The user with the name is in these groups. */
const isIn = (Username: string, ...groups: string[]) =>
  cognito
    .on(AdminListGroupsForUserCommand, { Username })
    .resolves({ Groups: groups.map((GroupName) => ({ GroupName })) });
const queueHolds = (waiting: number, inFlight: number) =>
  sqs.on(GetQueueAttributesCommand).resolves({
    Attributes: {
      ApproximateNumberOfMessages: String(waiting),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
    },
  });

/** The counts that are zero unless a test says otherwise. */
const NONE = {
  dryRun: false,
  all: false,
  scheduled: false,
  trigger: { status: 'NotAsked' },
  scanned: 0,
  skipped: {},
  eligible: 0,
  missing: 0,
  outsideGroup: 0,
  groupAdds: 0,
  queued: 0,
  notQueued: 0,
};

const poolHolds = (...Users: UserType[]) => cognito.on(ListUsersCommand).resolves({ Users });
const tableHolds = (...subs: string[]) =>
  dynamodb.on(BatchGetCommand).resolves({ Responses: recordsOf(...subs) });

/** Calls the function without waiting in real time. */
const reconcile = async (input: unknown = {}) => {
  const [reconciliation] = await Promise.all([handler(input), jest.runAllTimersAsync()]);
  return reconciliation;
};

beforeEach(() => {
  jest.useFakeTimers();
  cognito.reset();
  dynamodb.reset();
  sqs.reset();
  tableHolds();
  sqs.on(SendMessageBatchCommand).resolves({});
  queueHolds(0, 0);
  process.env.GROUP_RULE = '{"by":"name","group":"users"}';
  process.env.MILLISECONDS_PER_USER = '200';
  process.env.USER_POOL_ID = USER_POOL_ID;
  process.env.TABLE_NAME = TABLE;
  process.env.RETRY_QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/retry';
  for (const level of ['info', 'error'] as const) {
    log[level].mockReset();
    jest.spyOn(console, level).mockImplementation(log[level]);
  }
});

afterEach(() => jest.useRealTimers());

describe('a page', () => {
  test('has 60 users, with all attributes that each of them has', async () => {
    poolHolds();

    await reconcile();

    // Cognito would refuse `AttributesToGet` on a page with a user who has no address.
    expect(listCalls()).toEqual([{ UserPoolId: USER_POOL_ID, Limit: 60 }]);
  });

  test('is found by the token of the page before, and returns its own token', async () => {
    cognito.on(ListUsersCommand).resolves({ Users: [], PaginationToken: 'third' });

    const reconciliation = await reconcile({ paginationToken: 'second' });

    expect(listCalls()).toEqual([{ UserPoolId: USER_POOL_ID, Limit: 60, PaginationToken: 'second' }]);
    expect(reconciliation.paginationToken).toBe('third');
  });

  test('returns no token if it is the last one', async () => {
    poolHolds();

    const reconciliation = await reconcile({ paginationToken: 'last' });

    expect(reconciliation).not.toHaveProperty('paginationToken');
  });

  test('without users asks neither the table nor the queue', async () => {
    cognito.on(ListUsersCommand).resolves({ PaginationToken: 'next' });

    const reconciliation = await reconcile();

    expect(reconciliation).toMatchObject({ scanned: 0, paginationToken: 'next' });
    expect(batchGetCalls()).toEqual([]);
    expect(batches()).toEqual([]);
  });

  test('takes at least MILLISECONDS_PER_USER for each queued user, so that the queue stays short', async () => {
    poolHolds(...usersOf(60));
    const begin = Date.now();

    await reconcile();

    expect(Date.now() - begin).toBe(60 * 200);
  });

  test('takes at least 100 ms, so that others can list users too', async () => {
    poolHolds();
    const begin = Date.now();

    await reconcile();

    expect(Date.now() - begin).toBe(100);
  });
});

describe('who is eligible', () => {
  test.each([
    ['a confirmed user', listedUser()],
    ['one who must reset their password', listedUser({ UserStatus: 'RESET_REQUIRED' })],
    [
      'a user whom an administrator verified with a capital letter',
      listedUser({ attributes: { email_verified: 'True' } }),
    ],
    [
      'a federated one, whose identity provider verified them',
      listedUser({ UserStatus: 'EXTERNAL_PROVIDER', attributes: { email_verified: undefined } }),
    ],
    [
      'a federated one with a password',
      listedUser({ attributes: { ...federated, identities: identityAt('Google') } }),
    ],
    ['one who is linked', listedUser({ attributes: { ...federated, identities: identityAt('SAML') } })],
    [
      'one who is linked and never used their first password',
      listedUser({ UserStatus: 'FORCE_CHANGE_PASSWORD', attributes: { identities: identityAt('Google') } }),
    ],
  ])('%s is queued', async (_, user) => {
    poolHolds(user);

    await expect(reconcile()).resolves.toMatchObject({ scanned: 1, eligible: 1, missing: 1, queued: 1 });

    expect(queuedSubs()).toEqual([SUB]);
  });

  test.each([
    ['an unconfirmed user', listedUser({ UserStatus: 'UNCONFIRMED' })],
    ['one who never used their first password', listedUser({ UserStatus: 'FORCE_CHANGE_PASSWORD' })],
    ['an archived one', listedUser({ UserStatus: 'ARCHIVED' })],
    ['a compromised one', listedUser({ UserStatus: 'COMPROMISED' })],
    ['one without a status', listedUser({ UserStatus: undefined })],
    ['a disabled one', listedUser({ Enabled: false })],
    ['a disabled federated one', listedUser({ Enabled: false, UserStatus: 'EXTERNAL_PROVIDER' })],
    ['one with an unverified e-mail address', listedUser({ attributes: { email_verified: 'false' } })],
    ['one without a verification', listedUser({ attributes: { email_verified: undefined } })],
    ['one without any attributes', listedUser({ Attributes: undefined })],
  ])('%s is not', async (_, user) => {
    poolHolds(user);

    await expect(reconcile()).resolves.toMatchObject({ scanned: 1, eligible: 0, missing: 0, queued: 0 });

    expect(batchGetCalls()).toEqual([]);
    expect(batches()).toEqual([]);
    expect(log.error).not.toHaveBeenCalled();
  });
});

describe('an eligible user', () => {
  test('is queued with the fields of the contract, and no others', async () => {
    poolHolds(
      listedUser({ attributes: { address: 'Rue de Rivoli', phone_number: '+441' } }),
      listedUser({ Username: 'google_7', attributes: { sub: 'sub-7' } }),
    );

    await reconcile();

    expect(batches()).toEqual([
      [
        confirmedUser({ attributes: { address: 'Rue de Rivoli' } }),
        confirmedUser({ username: 'google_7', sub: 'sub-7' }),
      ],
    ]);
  });

  test('has a record only if the whole key is theirs', async () => {
    jest.replaceProperty(process, 'env', {
      ...process.env,
      RECORD_KEY: '{"PK":"TENANT#<custom:tenant>","SK":"USER#<sub>"}',
      USER_ATTRIBUTES: '["custom:tenant"]',
    });
    const inTenant = (sub: string) => listedUser({ attributes: { sub, 'custom:tenant': 'acme' } });
    poolHolds(inTenant('a'), inTenant('b'));
    const Responses = { [TABLE]: [{ SK: 'USER#a', PK: 'TENANT#acme' }] };
    dynamodb.on(BatchGetCommand).resolves({ Responses });

    await reconcile();

    expect(queuedSubs()).toEqual(['b']);
  });

  test('who lacks an attribute of the key is skipped, and does not block the others', async () => {
    jest.replaceProperty(process, 'env', {
      ...process.env,
      RECORD_KEY: '{"PK":"TENANT#<custom:tenant>","SK":"USER#<sub>"}',
      USER_ATTRIBUTES: '["custom:tenant"]',
    });
    poolHolds(userOf('a'), listedUser({ attributes: { sub: 'b', 'custom:tenant': 'acme' } }));

    const { skipped } = await reconcile();

    expect(queuedSubs()).toEqual(['b']);
    expect(skipped).toEqual({ Refused: 1 });
  });

  test('whose key would be too long is skipped, and does not keep the others from being found', async () => {
    jest.replaceProperty(process, 'env', {
      ...process.env,
      RECORD_KEY: '{"PK":"USER#<sub>","SK":"<name>"}',
      USER_ATTRIBUTES: '["name"]',
    });
    const named = (sub: string, name: string) => listedUser({ attributes: { sub, name } });
    poolHolds(
      named('a', 'Ada'),
      named('b', 'b'.repeat(1_100)),
      named('c', 'ü'.repeat(513)),
      named('d', 'Dan'),
    );

    await expect(reconcile()).resolves.toMatchObject({ eligible: 2, skipped: { Refused: 2 } });

    expect(queuedSubs()).toEqual(['a', 'd']);
    expect(batchGetCalls()[0]?.Keys).toHaveLength(2);
  });

  test('with a record is not queued', async () => {
    poolHolds(userOf('a'), userOf('b'), userOf('c'));
    tableHolds('a', 'c');

    await expect(reconcile()).resolves.toMatchObject({ eligible: 3, missing: 1, queued: 1 });

    expect(queuedSubs()).toEqual(['b']);
  });

  test('whose record waits for its event is queued like one without a record', async () => {
    jest.replaceProperty(process, 'env', { ...process.env, EVENT_PENDING_ATTRIBUTE: 'eventPending' });
    poolHolds(userOf('a'), userOf('b'), userOf('c'));
    const waiting = keysOf('b').map((key) => ({ ...key, eventPending: true }));
    dynamodb.on(BatchGetCommand).resolves({ Responses: { [TABLE]: [...keysOf('a'), ...waiting] } });

    await expect(reconcile()).resolves.toMatchObject({ eligible: 3, missing: 2, queued: 2 });

    expect(queuedSubs()).toEqual(['b', 'c']);
    expect(batchGetCalls()[0]).toMatchObject({
      ProjectionExpression: '#key0,#key1,#key2',
      ExpressionAttributeNames: { '#key0': 'PK', '#key1': 'SK', '#key2': 'eventPending' },
    });
  });

  test('has a record as soon as it is written: who seems to be missing is read again, consistently', async () => {
    poolHolds(userOf('old'), listedUser({ UserStatus: 'UNCONFIRMED' }), userOf('new'), userOf('none'));
    dynamodb
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: recordsOf('old') })
      .resolvesOnce({ Responses: recordsOf('new') });

    await expect(reconcile()).resolves.toMatchObject({ missing: 1, queued: 1 });

    const request = {
      ProjectionExpression: '#key0,#key1',
      ExpressionAttributeNames: { '#key0': 'PK', '#key1': 'SK' },
    };
    expect(batchGetCalls()).toEqual([
      { Keys: keysOf('old', 'new', 'none'), ...request, ConsistentRead: false },
      { Keys: keysOf('new', 'none'), ...request, ConsistentRead: true },
    ]);
    expect(queuedSubs()).toEqual(['none']);
  });

  test('is read only once if nobody is missing', async () => {
    poolHolds(userOf('a'), userOf('b'));
    tableHolds('a', 'b');

    await reconcile();

    expect(batchGetCalls()).toHaveLength(1);
  });

  test.each([
    [
      'no sub',
      listedUser({ Username: 'ada', attributes: { sub: undefined } }),
      undefined,
      /sub must be string/,
    ],
    ['no username', listedUser({ Username: undefined }), SUB, /username must be string/],
    ['a sub that breaks an execution name', userOf('a/b'), 'a/b', /sub must be .*a string of 3 characters/],
  ])('with %s is in the log and does not block other users', async (_, user, sub, reason) => {
    poolHolds(userOf('before'), user, userOf('after'));

    await expect(reconcile()).resolves.toMatchObject({ scanned: 3, eligible: 2, missing: 2, queued: 2 });

    expect(queuedSubs()).toEqual(['before', 'after']);
    expect(log.error.mock.calls).toEqual([
      [{ event: 'UserRefused', sub, error: 'InvalidInputError', reason: expect.stringMatching(reason) }],
    ]);
  });
});

describe('with `all`', () => {
  test('users with a record who are not in the group are queued, too, and marked', async () => {
    poolHolds(userOf('member'), userOf('outside'), userOf('missing'), listedUser({ Enabled: false }));
    tableHolds('member', 'outside');
    isIn('member', 'admins', 'users');
    isIn('outside', 'admins');

    await expect(reconcile({ all: true })).resolves.toMatchObject({
      eligible: 3,
      missing: 1,
      outsideGroup: 1,
      groupAdds: 2,
      queued: 2,
    });

    expect(askedForGroups()).toEqual(['member', 'outside']);
    expect(batches()).toEqual([
      ['missing', 'outside'].map((sub) => ({ ...confirmedUser({ sub, username: sub }), all: true })),
    ]);
  });

  test('a user stays in the group that was chosen once, and who should have none is not asked for', async () => {
    const groups = { pro: 'pros', free: 'all' };
    jest.replaceProperty(process, 'env', {
      ...process.env,
      GROUP_RULE: JSON.stringify({ by: 'attribute', attribute: 'custom:plan', groups }),
      USER_ATTRIBUTES: '["custom:plan"]',
    });
    const onPlan = (sub: string, plan?: string) => listedUser({ attributes: { sub, 'custom:plan': plan } });
    poolHolds(onPlan('changed', 'pro'), onPlan('outside', 'pro'), onPlan('none'), onPlan('missing'));
    tableHolds('changed', 'outside', 'none');
    isIn('changed', 'all');
    isIn('outside');

    await expect(reconcile({ all: true })).resolves.toMatchObject({
      missing: 1,
      outsideGroup: 1,
      queued: 2,
      groupAdds: 1,
    });

    expect(askedForGroups()).toEqual(['changed', 'outside']);
    expect(queuedSubs()).toEqual(['missing', 'outside']);
  });

  test('everybody is queued where there is no group, and nobody is asked for', async () => {
    delete process.env.GROUP_RULE;
    poolHolds(userOf('recorded'), userOf('missing'));
    tableHolds('recorded');

    await expect(reconcile({ all: true })).resolves.toMatchObject({
      missing: 1,
      outsideGroup: 0,
      queued: 2,
      groupAdds: 0,
    });

    expect(askedForGroups()).toEqual([]);
    expect(batches()).toEqual([
      ['missing', 'recorded'].map((sub) => ({ ...confirmedUser({ sub, username: sub }), all: true })),
    ]);
  });

  test('a member whose group is on a later page is in the group', async () => {
    poolHolds(userOf('member'));
    tableHolds('member');
    cognito
      .on(AdminListGroupsForUserCommand)
      .resolvesOnce({ Groups: [{ GroupName: 'admins' }], NextToken: 'second' })
      .resolvesOnce({ Groups: [{ GroupName: 'users' }] });

    await expect(reconcile({ all: true })).resolves.toMatchObject({ outsideGroup: 0, queued: 0 });
  });

  test('a user who was deleted meanwhile is not queued', async () => {
    poolHolds(userOf('gone'));
    tableHolds('gone');
    cognito
      .on(AdminListGroupsForUserCommand)
      .rejects(new UserNotFoundException({ message: 'User does not exist.', $metadata: {} }));

    await expect(reconcile({ all: true })).resolves.toMatchObject({ outsideGroup: 0, queued: 0 });
  });

  test('any other error fails the page under its own name', async () => {
    poolHolds(userOf('a'));
    tableHolds('a');
    cognito.on(AdminListGroupsForUserCommand).rejects(throttled('TooManyRequestsException'));

    await expect(reconcile({ all: true })).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect(batches()).toEqual([]);
  });

  test('at most 20 users a second are asked for, of the 50 that Cognito allows', async () => {
    poolHolds(...usersOf(60));
    tableHolds(...usersOf(60).map(({ Username = '' }) => Username));
    cognito.on(AdminListGroupsForUserCommand).resolves({ Groups: [{ GroupName: 'users' }] });
    const begin = Date.now();

    await reconcile({ all: true });

    expect(Date.now() - begin).toBe(60 * 50);
  });

  test('a dry run counts the group adds, and says that users come back', async () => {
    poolHolds(userOf('member'), userOf('outside'), userOf('missing'));
    tableHolds('member', 'outside');
    isIn('member', 'users');
    isIn('outside');

    await expect(reconcile({ all: true, dryRun: true })).resolves.toEqual({
      ...NONE,
      dryRun: true,
      all: true,
      pages: 1,
      scanned: 3,
      eligible: 3,
      missing: 1,
      outsideGroup: 1,
      groupAdds: 2,
      note: expect.stringContaining('took out of the group on purpose'),
    });
    expect(batches()).toEqual([]);
  });

  test('without it, nobody is asked for', async () => {
    poolHolds(userOf('a'));
    tableHolds('a');

    await reconcile();

    expect(askedForGroups()).toEqual([]);
  });
});

describe('while the retry queue holds over 10,000 messages', () => {
  test.each([
    ['waiting', 10_001, 0],
    ['in flight', 0, 10_001],
    ['both', 5_000, 5_001],
  ])('%s, nobody is queued, and the output says so', async (_, waiting, inFlight) => {
    poolHolds(userOf('a'), userOf('b'));
    tableHolds('a');
    queueHolds(waiting, inFlight);

    await expect(reconcile()).resolves.toMatchObject({ missing: 1, queued: 0, notQueued: 1, groupAdds: 0 });

    expect(batches()).toEqual([]);
    expect(sqs.commandCalls(GetQueueAttributesCommand)[0]?.args[0].input).toEqual({
      QueueUrl: process.env.RETRY_QUEUE_URL,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    });
  });

  test('it still queues with exactly as many', async () => {
    poolHolds(userOf('a'));
    queueHolds(4_000, 6_000);

    await expect(reconcile()).resolves.toMatchObject({ queued: 1, notQueued: 0 });
  });

  test.each([
    ['there is nobody to queue', {}, ['a']],
    ['it is a dry run', { dryRun: true }, []],
  ])('the queue is not asked if %s', async (_, input, subs) => {
    poolHolds(userOf('a'));
    tableHolds(...subs);

    await expect(reconcile(input)).resolves.toMatchObject({ notQueued: 0 });

    expect(sqs.commandCalls(GetQueueAttributesCommand)).toEqual([]);
  });
});

describe('the counts', () => {
  test('of a first page start at zero', async () => {
    poolHolds(userOf('a'), userOf('b'), listedUser({ Enabled: false }));
    tableHolds('a');

    const reconciliation = await reconcile();

    const counts = {
      ...NONE,
      scanned: 3,
      skipped: { Disabled: 1 },
      eligible: 2,
      missing: 1,
      groupAdds: 1,
      queued: 1,
    };
    expect(reconciliation).toEqual({ ...counts, pages: 1 });
    const { trigger: _, ...logged } = counts;
    expect(log.info.mock.calls).toEqual([[{ event: 'PageReconciled', ...logged, missed: 0, refused: 0 }]]);
  });

  test('add up over the pages, but the log has those of each page', async () => {
    cognito
      .on(ListUsersCommand)
      .resolvesOnce({ Users: [...usersOf(3), listedUser({ Enabled: false })], PaginationToken: 'second' })
      .resolves({ Users: [userOf('a'), userOf('b')] });
    tableHolds('user-0', 'a');

    const reconciliation = await reconcile(await reconcile({ scheduled: true }));

    expect(reconciliation).toEqual({
      ...NONE,
      scheduled: true,
      pages: 2,
      scanned: 6,
      skipped: { Disabled: 1 },
      eligible: 5,
      missing: 3,
      groupAdds: 3,
      queued: 3,
    });
    expect(log.info.mock.calls.map(([line]) => line)).toMatchObject([
      { event: 'PageReconciled', scanned: 4, missing: 2, queued: 2, missed: 2 },
      { event: 'PageReconciled', scanned: 2, missing: 1, queued: 1, missed: 1 },
    ]);
  });

  test('continue from the previous execution', async () => {
    poolHolds(userOf('a'));
    tableHolds('a');
    isIn('a');
    const soFar = {
      ...NONE,
      all: true,
      scheduled: true,
      paginationToken: 'next',
      pages: 0,
      scanned: 60_000,
      skipped: { Disabled: 7 },
      eligible: 50,
      missing: 4,
      outsideGroup: 5,
      groupAdds: 9,
      queued: 8,
      notQueued: 1,
    };

    const reconciliation = await reconcile(soFar);

    const { paginationToken, ...counts } = soFar;
    expect(reconciliation).toEqual({
      ...counts,
      pages: 1,
      scanned: 60_001,
      eligible: 51,
      outsideGroup: 6,
      groupAdds: 10,
      queued: 9,
    });
  });

  test('show the reason for every skipped user', async () => {
    poolHolds(
      ...[false, false, true].map((Enabled) => listedUser({ Enabled, UserStatus: 'UNCONFIRMED' })),
      listedUser({ UserStatus: 'FORCE_CHANGE_PASSWORD' }),
      listedUser({ UserStatus: 'ARCHIVED' }),
      listedUser({ attributes: { email_verified: undefined } }),
      userOf('a/b'),
    );

    await expect(reconcile()).resolves.toMatchObject({
      scanned: 7,
      skipped: {
        Disabled: 2,
        Unconfirmed: 1,
        NeverSignedIn: 1,
        StatusNotAccepted: 1,
        EmailNotVerified: 1,
        Refused: 1,
      },
      eligible: 0,
    });
  });

  test.each([
    [{ skipped: { a: 'b' } }, /skipped.a must be number/],
    [{ all: 'yes' }, /all must be boolean/],
    [{ scheduled: 1 }, /scheduled must be boolean/],
  ])('are refused as %j', async (input, reason) => {
    await expect(reconcile(input)).rejects.toThrow(reason);
  });

  test('are the only result of a dry run, up to its last page, with the group adds that it would make', async () => {
    cognito.on(ListUsersCommand).resolves({ Users: usersOf(3), PaginationToken: 'second' });
    tableHolds('user-1');

    const reconciliation = await reconcile(await reconcile({ dryRun: true, scheduled: true }));

    expect(reconciliation).toEqual({
      ...NONE,
      dryRun: true,
      scheduled: true,
      paginationToken: 'second',
      pages: 2,
      scanned: 6,
      eligible: 6,
      missing: 4,
      groupAdds: 4,
    });
    expect(batches()).toEqual([]);
    expect(log.info.mock.calls.map(([{ missed }]) => missed)).toEqual([0, 0]);
  });
});

describe('a key that DynamoDB leaves unprocessed', () => {
  const leavingUnprocessed = (...subs: string[]) => ({ [TABLE]: { Keys: keysOf(...subs) } });

  test('is requested again, without the other keys', async () => {
    poolHolds(userOf('a'), userOf('b'), userOf('c'));
    dynamodb
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: recordsOf('a'), UnprocessedKeys: leavingUnprocessed('b', 'c') })
      .resolvesOnce({ Responses: recordsOf('b'), UnprocessedKeys: leavingUnprocessed('c') })
      .resolves({ Responses: recordsOf() });

    await reconcile();

    expect(batchGetCalls().map((request) => request?.Keys)).toEqual([
      keysOf('a', 'b', 'c'),
      keysOf('b', 'c'),
      keysOf('c'),
      // The consistent read of the user who seems to be missing.
      keysOf('c'),
    ]);
    expect(queuedSubs()).toEqual(['c']);
  });

  test('is requested after a longer delay each time', async () => {
    poolHolds(userOf('a'));
    const calledAfter: number[] = [];
    const begin = Date.now();
    dynamodb.on(BatchGetCommand).callsFake(() => {
      calledAfter.push(Date.now() - begin);
      return calledAfter.length < 4 ? { UnprocessedKeys: leavingUnprocessed('a') } : {};
    });

    await reconcile();

    expect(calledAfter.slice(0, 4)).toEqual([0, 200, 600, 1_400]);
  });

  test('five times fails the page with the name of a throttle, and nobody is queued', async () => {
    poolHolds(userOf('a'), userOf('b'));
    dynamodb.on(BatchGetCommand).resolves({ UnprocessedKeys: leavingUnprocessed('a', 'b') });

    await expect(reconcile()).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      message: 'DynamoDB left 2 keys unprocessed 5 times',
    });

    expect(batchGetCalls()).toHaveLength(5);
    expect(batches()).toEqual([]);
  });
});

describe('users are queued', () => {
  test('in batches of ten, each user once', async () => {
    const users = usersOf(23);
    poolHolds(...users);

    await reconcile();

    expect(batches().map((batch) => batch.length)).toEqual([10, 10, 3]);
    expect(queuedSubs()).toEqual(users.map(({ Username }) => Username));
    for (const { args } of sqs.commandCalls(SendMessageBatchCommand)) {
      const { QueueUrl, Entries = [] } = args[0].input;
      expect(QueueUrl).toBe(process.env.RETRY_QUEUE_URL);
      expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
    }
  });

  test('with an address that SQS would refuse without escaping', async () => {
    const address = '\uffff 東京 😀';
    poolHolds(listedUser({ attributes: { address } }));

    await reconcile();

    const [call] = sqs.commandCalls(SendMessageBatchCommand);
    expect(call?.args[0].input.Entries?.[0]?.MessageBody).toMatch(/^[ -~]*$/);
    expect(batches()).toEqual([[confirmedUser({ attributes: { address } })]]);
  });

  test('all of them, before the page fails because SQS refused some', async () => {
    poolHolds(...usersOf(30));
    const refused = (Id: string, Code: string) => ({ Id, Code, SenderFault: false });
    sqs
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [refused('0', 'InternalError'), refused('7', 'InternalError')] })
      .resolvesOnce({ Failed: [refused('3', 'ServiceUnavailable')] })
      .resolves({});

    await expect(reconcile()).rejects.toMatchObject({
      name: 'MessagesNotSentError',
      message: 'SQS refused 3 messages: InternalError, ServiceUnavailable',
    });

    expect(queuedSubs()).toHaveLength(30);
    expect(log.info).not.toHaveBeenCalled();
  });
});

describe("a service's error fails the page under its own name, for the state machine to match", () => {
  test.each([
    ['TooManyRequestsException', () => cognito.on(ListUsersCommand)],
    ['ThrottlingException', () => dynamodb.on(BatchGetCommand)],
    ['RequestThrottled', () => sqs.on(SendMessageBatchCommand)],
  ])('%s', async (name, on) => {
    poolHolds(listedUser());
    on().rejects(throttled(name));

    await expect(reconcile()).rejects.toMatchObject({ name });
  });
});

describe('input is refused before any request', () => {
  test.each([
    ['text', '{}', /^not a reconciliation: it must be Object, but is a string of 2 characters$/],
    ['a dryRun that is text', { dryRun: 'true' }, /dryRun must be boolean, but is a string of 4 characters/],
    ['a token that is no text', { paginationToken: 7 }, /paginationToken must be string/],
    ['a negative count', { scanned: -1 }, /scanned must be >=0/],
    ['a count with a fraction', { pages: 1.5 }, /pages must be/],
    ['a count that is text', { queued: '3' }, /queued must be number/],
    ['two wrong fields', { eligible: null, missing: 'x' }, /eligible must be .*; missing must be/],
  ])('%s', async (_, input, message) => {
    const refused = reconcile(input);

    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ name: 'InvalidInputError' });
    expect(listCalls()).toEqual([]);
  });
});

test.each(['USER_POOL_ID', 'TABLE_NAME', 'RETRY_QUEUE_URL', 'MILLISECONDS_PER_USER'])(
  'names %s if it is missing',
  async (name) => {
    poolHolds(listedUser());
    delete process.env[name];

    await expect(reconcile()).rejects.toThrow(`environment variable ${name} is not set`);
  },
);

test('no log line contains personal data except the sub', async () => {
  const attributes = { address: 'Rue de Rivoli' };
  poolHolds(
    listedUser({ Username: 'ada@example.com', attributes }),
    listedUser({ Username: 'ada@example.com', attributes: { ...attributes, sub: undefined } }),
    listedUser({ Username: 'ada@example.com'.repeat(50), attributes }),
  );

  await reconcile();

  const lines = JSON.stringify(Object.values(log).flatMap((level) => level.mock.calls));
  expect(log.error).toHaveBeenCalledTimes(2);
  expect(lines).not.toMatch(/ada@example.com|Rivoli/);
});
