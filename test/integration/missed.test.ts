import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminLinkProviderForUserCommand,
  AdminSetUserPasswordCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { countedOf, type MetricFilter } from '../support/counted-lines';
import { EVERYTHING } from '../support/everything';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

/** Of six kinds: more than one page of users, or five pages. */
const OF_EACH_KIND = EVERYTHING ? 50 : 11;

interface Kind {
  readonly create: () => Promise<TestUser>;
  /** As Cognito lists the user. */
  readonly listed: { readonly status: string; readonly verified: string; readonly provider?: string };
  readonly isEligible: boolean;
}

/** The kinds of users of which their status alone says too little. */
const KINDS: Record<string, Kind> = {
  'a federated user with a password': {
    create: async () => {
      const user = await federated('Google');
      await setPassword(user);
      return user;
    },
    listed: { status: 'CONFIRMED', verified: 'false', provider: 'Google' },
    isEligible: true,
  },
  'a confirmed user who is linked': {
    create: async () => {
      const user = await createdByAdministrator('false');
      await setPassword(user);
      await link(user, 'SAML');
      return user;
    },
    listed: { status: 'CONFIRMED', verified: 'false', provider: 'SAML' },
    isEligible: true,
  },
  'one who is linked and never used their password': {
    create: async () => {
      const user = await createdByAdministrator('true');
      await link(user, 'Google');
      return user;
    },
    listed: { status: 'FORCE_CHANGE_PASSWORD', verified: 'true', provider: 'Google' },
    isEligible: true,
  },
  'one who never signed in': {
    create: () => createdByAdministrator('true'),
    listed: { status: 'FORCE_CHANGE_PASSWORD', verified: 'true' },
    isEligible: false,
  },
  'a federated user': {
    create: () => federated('OIDC'),
    listed: { status: 'EXTERNAL_PROVIDER', verified: 'false', provider: 'OIDC' },
    isEligible: true,
  },
  'a disabled user': {
    create: async () => {
      const user = await createdByAdministrator('true');
      await setPassword(user);
      await cloud.cognito.send(new AdminDisableUserCommand(await named(user)));
      return user;
    },
    listed: { status: 'CONFIRMED', verified: 'true' },
    isEligible: false,
  },
};

let cloud: TestCloud;
const users = new Map<string, TestUser[]>();

async function listedUser({ email }: TestUser) {
  const input = { UserPoolId: cloud.output('UserPoolId'), Filter: `email = "${email}"` };
  const { Users: [user] = [] } = await cloud.cognito.send(new ListUsersCommand(input));
  if (!user) throw new Error(`there is no user ${email}`);
  const attributes = Object.fromEntries((user.Attributes ?? []).map(({ Name, Value }) => [Name, Value]));
  return { status: user.UserStatus, username: user.Username, attributes };
}

const named = async (user: TestUser) => ({
  UserPoolId: cloud.output('UserPoolId'),
  Username: (await listedUser(user)).username,
});

/** At the first sign-in, the trigger cannot be invoked. */
async function federated(provider: string): Promise<TestUser> {
  const user = cloud.newUser();
  await cloud.signInFederated(user, { email_verified: 'false' }, provider).catch(() => {});
  return { ...user, sub: (await listedUser(user)).attributes.sub ?? '' };
}

async function createdByAdministrator(verified: string): Promise<TestUser> {
  const user = cloud.newUser();
  const { User } = await cloud.cognito.send(
    new AdminCreateUserCommand({
      UserPoolId: cloud.output('UserPoolId'),
      Username: user.email,
      UserAttributes: [
        { Name: 'email', Value: user.email },
        { Name: 'email_verified', Value: verified },
      ],
      MessageAction: 'SUPPRESS',
    }),
  );
  return { ...user, sub: User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '' };
}

async function setPassword(user: TestUser): Promise<void> {
  const password = { Password: 'Correct-Horse-7-Battery', Permanent: true };
  await cloud.cognito.send(new AdminSetUserPasswordCommand({ ...(await named(user)), ...password }));
}

async function link(user: TestUser, ProviderName: string): Promise<void> {
  const { UserPoolId, Username } = await named(user);
  await cloud.cognito.send(
    new AdminLinkProviderForUserCommand({
      UserPoolId,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: Username },
      SourceUser: {
        ProviderName,
        ProviderAttributeName: 'Cognito_Subject',
        ProviderAttributeValue: `subject of ${user.email}`,
      },
    }),
  );
}

/** Runs the schedule of the reconciliation, and waits for the end of the execution. */
async function runSchedule() {
  const [schedule] = await cloud.get<{ name: string }[]>('/_local/schedules');
  const path = `${cloud.endpoint}/_local/schedules/${schedule?.name}/run`;
  const response = await fetch(path, { method: 'POST' });
  const { executionArn } = (await response.json()) as { executionArn: string };
  await eventually(async () => (await cloud.describeExecution(executionArn)).status !== 'RUNNING');
  return cloud.describeExecution(executionArn);
}

/** What the metric `Missed` has counted so far, by the filter of the template. */
async function missed(): Promise<number> {
  const filters = Object.values(cloud.template.Resources).filter(
    ({ Type }) => Type === 'AWS::Logs::MetricFilter',
  );
  const [filter] = filters
    .map(({ Properties }) => Properties as unknown as MetricFilter)
    .filter(({ MetricTransformations: [{ MetricName }] }) => MetricName === 'Missed');
  if (!filter) throw new Error('the template has no filter for Missed');
  return countedOf(filter, await cloud.logs()) ?? 0;
}

const kinds = Object.entries(KINDS);
const usersOf = (isEligible: boolean) =>
  kinds.flatMap(([kind, { isEligible: eligible }]) =>
    eligible === isEligible ? (users.get(kind) ?? []) : [],
  );

beforeAll(async () => {
  cloud = await TestCloud.start({ queueTimeScale: 0.01, millisecondsPerUser: 10 });
  await cloud.setFaults([{ action: 'lambda:InvokeFunction', error: 'ServiceException' }]);
  for (const [kind, { create }] of kinds)
    users.set(kind, await Promise.all(Array.from({ length: OF_EACH_KIND }, create)));
  await cloud.setFaults([]);
});

afterAll(() => cloud.close());

test.each(kinds)('%s is listed as on AWS', async (kind, { listed }) => {
  const { status, attributes } = await listedUser(users.get(kind)?.[0] as TestUser);

  const [identity] = JSON.parse(attributes.identities ?? '[]');
  expect({ status, verified: attributes.email_verified, provider: identity?.providerName }).toEqual({
    provider: undefined,
    ...listed,
  });
});

test('a scheduled reconciliation queues everybody who can sign in, and counts them as missed', async () => {
  const { status, output } = await runSchedule();

  const eligible = 4 * OF_EACH_KIND;
  expect(status).toBe('SUCCEEDED');
  expect(output).toMatchObject({
    scheduled: true,
    scanned: 6 * OF_EACH_KIND,
    skipped: { NeverSignedIn: OF_EACH_KIND, Disabled: OF_EACH_KIND },
    eligible,
    missing: eligible,
    groupAdds: eligible,
    queued: eligible,
    notQueued: 0,
  });
  expect(await missed()).toBe(eligible);
});

test('they are onboarded, and nobody else is', async () => {
  await eventually(async () => (await cloud.usersIn('RetryQueueUrl')).length === 0);

  for (const user of usersOf(true)) expect(await cloud.recordOf(user)).toBeDefined();
  for (const user of usersOf(false)) expect(await cloud.recordOf(user)).toBeUndefined();
});

test('the next scheduled reconciliation misses nobody', async () => {
  const before = await missed();

  const { output } = await runSchedule();

  expect(output).toMatchObject({ missing: 0, queued: 0 });
  expect((await missed()) - before).toBe(0);
});
