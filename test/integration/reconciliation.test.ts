import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetExecutionHistoryCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { EVERYTHING } from '../support/everything';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

const USERS = EVERYTHING ? 200 : 70;
const MISSING_OF_EACH_KIND = EVERYTHING ? 15 : 5;
const INELIGIBLE_OF_EACH_KIND = 5;
const MISSING = 3 * MISSING_OF_EACH_KIND;
const INELIGIBLE = 2 * INELIGIBLE_OF_EACH_KIND;

let cloud: TestCloud;
const missing: TestUser[] = [];
const ineligible: TestUser[] = [];

const admin = ({ email }: TestUser) => ({ UserPoolId: cloud.output('UserPoolId'), Username: email });
const verified = ({ email }: TestUser) => [
  { Name: 'email', Value: email },
  { Name: 'email_verified', Value: 'true' },
];

/** Confirmed with a code, but Cognito could not invoke the trigger. */
async function confirmedWithoutTrigger(): Promise<TestUser> {
  const user = await cloud.signUp();
  await cloud.confirm(user).catch(() => {});
  return user;
}

async function createdByAdministrator(): Promise<TestUser> {
  const user = cloud.newUser();
  const { User } = await cloud.cognito.send(
    new AdminCreateUserCommand({
      ...admin(user),
      UserAttributes: verified(user),
      MessageAction: 'SUPPRESS',
    }),
  );
  await cloud.cognito.send(
    new AdminSetUserPasswordCommand({ ...admin(user), Password: 'Correct-Horse-7-Battery', Permanent: true }),
  );
  return { ...user, sub: User?.Username ?? '' };
}

async function confirmedButUnverified(): Promise<TestUser> {
  const user = await cloud.signUp();
  await cloud.cognito.send(new AdminConfirmSignUpCommand(admin(user))).catch(() => {});
  return user;
}

async function verifiedLate(): Promise<TestUser> {
  const user = await confirmedButUnverified();
  await cloud.cognito.send(
    new AdminUpdateUserAttributesCommand({ ...admin(user), UserAttributes: verified(user) }),
  );
  return user;
}

async function disabled(): Promise<TestUser> {
  const user = await confirmedWithoutTrigger();
  await cloud.cognito.send(new AdminDisableUserCommand(admin(user)));
  return user;
}

async function onboardedBefore(): Promise<void> {
  const { sub } = await confirmedWithoutTrigger();
  const key = `USER#${sub}`;
  await cloud.dynamodb.send(
    new PutCommand({ TableName: cloud.output('TableName'), Item: { PK: key, SK: key, username: sub } }),
  );
}

const times = (count: number, create: () => Promise<TestUser>) => {
  return Promise.all(Array.from({ length: count }, create));
};

beforeAll(async () => {
  cloud = await TestCloud.start({ queueTimeScale: 0.01, millisecondsPerUser: 10 });
  await cloud.setFaults([{ action: 'lambda:InvokeFunction', error: 'ServiceException' }]);
  missing.push(...(await times(MISSING_OF_EACH_KIND, confirmedWithoutTrigger)));
  missing.push(...(await times(MISSING_OF_EACH_KIND, createdByAdministrator)));
  missing.push(...(await times(MISSING_OF_EACH_KIND, verifiedLate)));
  ineligible.push(...(await times(INELIGIBLE_OF_EACH_KIND, confirmedButUnverified)));
  ineligible.push(...(await times(INELIGIBLE_OF_EACH_KIND, disabled)));
  for (let left = USERS - MISSING - INELIGIBLE; left > 0; left -= 1) await onboardedBefore();
  await cloud.setFaults([]);
});

afterAll(() => cloud.close());

const records = async () => {
  const { Count = 0 } = await cloud.dynamodb.send(
    new ScanCommand({ TableName: cloud.output('TableName'), Select: 'COUNT' }),
  );
  return Count;
};

test('lists users page by page, as AWS does', async () => {
  const names = new Set<string | undefined>();
  let pages = 0;
  let PaginationToken: string | undefined;
  do {
    const page = await cloud.cognito.send(
      new ListUsersCommand({ UserPoolId: cloud.output('UserPoolId'), PaginationToken }),
    );
    for (const { Username } of page.Users ?? []) names.add(Username);
    PaginationToken = page.PaginationToken;
    pages += 1;
  } while (PaginationToken);

  expect(names.size).toBe(USERS);
  expect(pages).toBe(Math.ceil(USERS / 60));
});

test('a dry run only counts', async () => {
  const { output } = await cloud.reconcile({ dryRun: true });

  expect(output).toEqual({
    dryRun: true,
    all: false,
    scheduled: false,
    trigger: { status: 'Attached' },
    pages: Math.ceil(USERS / 60),
    scanned: USERS,
    skipped: {
      EmailNotVerified: INELIGIBLE_OF_EACH_KIND,
      Disabled: INELIGIBLE_OF_EACH_KIND,
    },
    eligible: USERS - INELIGIBLE,
    missing: MISSING,
    outsideGroup: 0,
    groupAdds: MISSING,
    queued: 0,
    notQueued: 0,
  });
  expect(await records()).toBe(USERS - INELIGIBLE - MISSING);
});

test('a reconciliation that is stopped half-way does no harm', async () => {
  await cloud.setFaults([{ action: 'cognito-idp:ListUsers', delayMs: 2_000 }]);
  const executionArn = await cloud.startReconciliation();
  const historyOf = () => cloud.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  await eventually(async () =>
    ((await historyOf()).events ?? []).some(({ type }) => type === 'TaskSucceeded'),
  );

  await cloud.sfn.send(new StopExecutionCommand({ executionArn }));

  await eventually(async () => (await cloud.describeExecution(executionArn)).status === 'ABORTED');
  await cloud.setFaults([]);
});

test('onboards every eligible user without a record, and nobody else', async () => {
  const { executionArn, status, output } = await cloud.reconcile();

  expect(status).toBe('SUCCEEDED');
  expect(output).toMatchObject({ scanned: USERS, eligible: USERS - INELIGIBLE });
  await eventually(async () => (await records()) === USERS - INELIGIBLE);
  for (const user of missing) {
    expect(await cloud.recordOf(user)).toBeDefined();
    expect(await cloud.groupsOf(user)).toEqual(['users']);
  }
  for (const user of ineligible) expect(await cloud.recordOf(user)).toBeUndefined();
  const { events = [] } = await cloud.sfn.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  // One task checks the trigger, whatever the number of pages.
  expect(events.filter(({ type }) => type === 'TaskSucceeded')).toHaveLength(1 + Math.ceil(USERS / 60));
});

test('a second reconciliation finds nobody missing', async () => {
  await eventually(async () => (await cloud.usersIn('RetryQueueUrl')).length === 0);

  const { output } = await cloud.reconcile();

  expect(output).toMatchObject({ scanned: USERS, eligible: USERS - INELIGIBLE, missing: 0, queued: 0 });
});
