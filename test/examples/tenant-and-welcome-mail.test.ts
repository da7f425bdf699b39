import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { PublishedEvent } from '../../local/events/events';
import { ConsolePages } from '../support/console-pages';
import { exampleAssembly } from '../support/example';
import { type Grant, grantsOf, withoutGrant, withoutResources } from '../support/grants';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

let cloud: TestCloud;
let pages: ConsolePages;

beforeAll(async () => {
  const assembly = await exampleAssembly('tenant-and-welcome-mail', {
    UserPoolId: 'OnboardingUsersUserPool',
    UserPoolClientId: 'OnboardingUsersUserPoolClient',
    TableName: 'OnboardingTable',
    TenantsName: 'Tenants',
    RetryQueueUrl: 'OnboardingRetryQueue',
    ReconciliationStateMachineArn: 'OnboardingReconciliationStateMachine',
  });
  cloud = await TestCloud.startEmpty(0.01);
  pages = new ConsolePages(cloud);
  // The trigger has to give up waiting.
  await cloud.deploy(assembly, { patient: false });
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

/** The call of the step. The mark of a record is removed by the same, but only after the step. */
const STEP = 'dynamodb:UpdateItem';

const tenantOf = async ({ sub }: TestUser) => {
  const TableName = cloud.output('TenantsName');
  return (await cloud.dynamodb.send(new GetCommand({ TableName, Key: { owner: sub } }))).Item;
};
const eventsOf = async ({ sub }: TestUser) => {
  const events = await cloud.get<PublishedEvent[]>('/_local/events');
  return events.filter(({ detail }) => (detail as { sub: string }).sub === sub);
};
const isMarked = async (user: TestUser) => 'eventPending' in ((await cloud.recordOf(user)) ?? {});
const isComplete = async (user: TestUser) => (await eventsOf(user)).length > 0 && !(await isMarked(user));
const doesNotWait = ({ sub }: TestUser) =>
  eventually(async () => {
    const waiting = (await cloud.usersIn('RetryQueueUrl')) as TestUser[];
    return waiting.every((user) => user.sub !== sub);
  });
const queue = async (user: TestUser, all: boolean) => {
  const { sub } = user;
  const message = { userPoolId: cloud.output('UserPoolId'), username: sub, sub, attributes: {}, all };
  const QueueUrl = cloud.output('RetryQueueUrl');
  await cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  await doesNotWait(user);
};

test('a user gets a tenant, a record that names it, the group, and an event', async () => {
  const user = await cloud.signUpAndConfirm();

  await eventually(() => isComplete(user));
  const tenant = await tenantOf(user);
  expect(tenant).toEqual({ owner: user.sub, tenantId: expect.any(String), email: user.email });
  expect(await cloud.recordOf(user)).toEqual({
    PK: `USER#${user.sub}`,
    SK: `USER#${user.sub}`,
    email: user.email,
    tenantId: tenant?.tenantId,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  expect(await cloud.groupsOf(user)).toEqual(['users']);
  const [execution] = await cloud.executionsOf(user);
  expect((await eventsOf(user)).at(-1)).toMatchObject({
    source: 'confirmed-user-onboarding',
    'detail-type': 'UserOnboarded',
    resources: expect.arrayContaining([execution?.executionArn]),
    detail: {
      userPoolId: cloud.output('UserPoolId'),
      sub: user.sub,
      username: user.sub,
      group: 'users',
      startedBy: expect.stringMatching(/^(trigger|retry)$/),
    },
  });
});

test('a step that fails parks the user, who is complete as soon as it works again', async () => {
  await cloud.setFaults([{ action: STEP, error: 'ResourceNotFoundException' }]);

  const user = await cloud.signUpAndConfirm();

  const [first] = (await cloud.executionsOf(user)).slice(-1);
  expect(first).toMatchObject({ status: 'FAILED', error: 'OnboardingParked' });
  expect(JSON.parse(first?.cause ?? '')).toMatchObject({ errorType: 'ResourceNotFoundException' });
  expect(await cloud.recordOf(user)).toBeUndefined();
  await cloud.setFaults([]);
  await eventually(() => isComplete(user));
  expect(await cloud.recordOf(user)).toMatchObject({ tenantId: (await tenantOf(user))?.tenantId });
});

test('a slow step keeps nobody waiting: the user is parked meanwhile, and complete by themselves', async () => {
  // Longer than the trigger waits. With 10 s the same happens, only later.
  await cloud.setFaults([{ action: STEP, delayMs: 4_000, times: 1 }]);
  const user = await cloud.signUp();

  await cloud.confirm(user);

  expect(await cloud.usersIn('RetryQueueUrl')).toContainEqual(expect.objectContaining({ sub: user.sub }));
  await eventually(() => isComplete(user));
  expect(await cloud.recordOf(user)).toMatchObject({ tenantId: (await tenantOf(user))?.tenantId });
});

test('an event that cannot be published is published later, though the record is there', async () => {
  await cloud.setFaults([{ action: 'events:PutEvents', error: 'AccessDeniedException' }]);

  const user = await cloud.signUpAndConfirm();

  await eventually(async () => (await cloud.executionsOf(user)).some(({ status }) => status === 'FAILED'));
  expect(await cloud.recordOf(user)).toMatchObject({ eventPending: true });
  const page = `/console/users/${user.sub}`;
  expect(await pages.textAt(page)).toContain('Waiting for the event');
  await cloud.setFaults([]);
  await eventually(() => isComplete(user));
  expect(await pages.textAt(page)).toContain(' Onboarded ');
});

test('a user whose event failed, and whom nobody could park, is found by the reconciliation', async () => {
  await cloud.setFaults([
    { action: 'events:PutEvents', error: 'AccessDeniedException' },
    { action: 'sqs:SendMessage', error: 'ServiceUnavailable' },
  ]);
  const user = await cloud.signUp();

  await expect(cloud.confirm(user)).rejects.toThrow();

  await eventually(() => isMarked(user));
  await eventually(async () => (await cloud.executionsOf(user)).every(({ status }) => status === 'FAILED'));
  expect(await eventsOf(user)).toEqual([]);
  await cloud.setFaults([]);
  await cloud.reconcile();
  await eventually(() => isComplete(user));
});

test('a user who is complete is not onboarded again when a message comes once more', async () => {
  const user = await cloud.signUpAndConfirm();
  await eventually(() => isComplete(user));
  await doesNotWait(user);
  const executions = (await cloud.executionsOf(user)).length;

  await queue(user, false);

  expect(await cloud.executionsOf(user)).toHaveLength(executions);
});

test('a user who is onboarded again on purpose gets the event again, and keeps the record', async () => {
  const user = await cloud.signUpAndConfirm();
  await eventually(() => isComplete(user));
  await doesNotWait(user);
  const [record, events] = [await cloud.recordOf(user), await eventsOf(user)];

  await queue(user, true);

  await eventually(async () => (await eventsOf(user)).length > events.length);
  await eventually(async () => (await cloud.executionsOf(user))[0]?.status === 'SUCCEEDED');
  const failures = (await cloud.executionsOf(user)).flatMap((execution) => execution.events);
  expect(failures).toContainEqual(
    expect.objectContaining({
      type: 'TaskFailed',
      details: expect.objectContaining({ error: 'DynamoDB.ConditionalCheckFailedException' }),
    }),
  );
  expect(await cloud.recordOf(user)).toEqual(record);
});

test.each([
  ['lambda:InvokeFunction', /^CreateTenant/, 'Lambda.AWSLambdaException'],
  ['events:PutEvents', /^Events/, 'EventBridge.AmazonEventBridgeException'],
  ['dynamodb:UpdateItem', /^OnboardingTable/, 'DynamoDB.AmazonDynamoDBException'],
])(
  'without %s on %s, the user is parked, and complete once it is allowed',
  async (action, logicalId, error) => {
    const { template } = cloud;
    // The application's own roles have managed policies, which `grantsOf` refuses.
    const grant = grantsOf(withoutResources(template, 'AWS::IAM::Role')).find((candidate) => {
      const [target] = (candidate.resource as { 'Fn::GetAtt'?: string[] })['Fn::GetAtt'] ?? [];
      return candidate.action === action && logicalId.test(target ?? '');
    });
    cloud.updateAccess(withoutGrant(template, grant as Grant));

    const user = await cloud.signUpAndConfirm();

    await eventually(async () => (await cloud.executionsOf(user)).some(({ status }) => status === 'FAILED'));
    const events = (await cloud.executionsOf(user)).flatMap((execution) => execution.events);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'TaskFailed', details: expect.objectContaining({ error }) }),
    );
    cloud.updateAccess(template);
    await eventually(() => isComplete(user));
  },
);
