import { CreateGroupCommand, DeleteGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import { SendMessageCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { confirmedUser } from '../support/builders';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.start({ queueTimeScale: 0.01, maxReceiveCount: 4, millisecondsPerUser: 20 });
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

const GROUP = 'cognito-idp:AdminAddUserToGroup';
const isOnboarded = async (user: TestUser) => {
  return (await cloud.groupsOf(user)).includes('users') && (await cloud.recordOf(user)) !== undefined;
};

test('a throttle that passes is retried by the state machine, and the user waits for it', async () => {
  await cloud.setFaults([{ action: GROUP, error: 'TooManyRequestsException', times: 1 }]);

  const user = await cloud.signUpAndConfirm();

  await eventually(() => isOnboarded(user));
  const execution = (await cloud.executionsOf(user)).at(-1);
  const attempts = execution?.events.filter(({ type }) => type === 'TaskScheduled').slice(0, 2);
  expect(attempts?.map(({ details }) => details.retry)).toEqual([0, 1]);
});

test('a group add that does not answer keeps nobody waiting: the user is parked meanwhile, and onboarded later', async () => {
  await cloud.setFaults([{ action: GROUP, delayMs: 600_000 }]);
  const user = await cloud.signUp();

  await cloud.confirm(user);

  const [execution] = await cloud.executionsOf(user);
  expect(execution).toMatchObject({ status: 'FAILED', error: 'OnboardingParked' });
  expect(JSON.parse(execution?.cause ?? '')).toMatchObject({ errorType: 'TimeoutError' });
  await cloud.setFaults([]);
  await eventually(() => isOnboarded(user));
});

test('if Step Functions does not answer, the trigger parks the user', async () => {
  await cloud.setFaults([{ action: 'states:StartSyncExecution', error: 'ThrottlingException', times: 2 }]);

  const user = await cloud.signUpAndConfirm({ address: 'Straße 1 😀' });

  await eventually(() => isOnboarded(user));
  expect(await cloud.recordOf(user)).toMatchObject({ addresses: { default: { formatted: 'Straße 1 😀' } } });
});

test('a trigger and a message that arrive twice onboard the user once', async () => {
  await cloud.setFaults([
    { action: 'local:DeliverTriggerTwice' },
    { action: 'local:DeliverMessageTwice' },
    { action: 'dynamodb:PutItem', error: 'ResourceNotFoundException', times: 2 },
  ]);

  const user = await cloud.signUpAndConfirm();

  await eventually(() => isOnboarded(user));
  const record = await cloud.recordOf(user);
  await eventually(async () => (await cloud.usersIn('RetryQueueUrl')).length === 0);
  expect(await cloud.recordOf(user)).toEqual(record);
});

test('what a message does not know of its user is read from the user pool', async () => {
  const user = await cloud.signUp({ address: 'Straße 1' });
  const { attributes, ...known } = confirmedUser({
    userPoolId: cloud.output('UserPoolId'),
    username: user.sub,
    sub: user.sub,
  });
  const MessageBody = JSON.stringify({ ...known, attributes: { email: null } });

  await cloud.sqs.send(new SendMessageCommand({ QueueUrl: cloud.output('RetryQueueUrl'), MessageBody }));

  await eventually(() => isOnboarded(user));
  expect(await cloud.recordOf(user)).toMatchObject({ addresses: { default: { formatted: 'Straße 1' } } });
});

test('a poison message goes to the dead-letter queue, and its neighbours are onboarded meanwhile', async () => {
  const parked = await cloud.signUp();
  await cloud.setFaults([{ action: 'states:StartSyncExecution', error: 'ThrottlingException', times: 2 }]);
  const poison = { ...confirmedUser(), sub: '../poison' };
  await cloud.sqs.send(
    new SendMessageCommand({ QueueUrl: cloud.output('RetryQueueUrl'), MessageBody: JSON.stringify(poison) }),
  );

  await cloud.confirm(parked);

  await eventually(() => isOnboarded(parked));
  await eventually(async () => (await cloud.usersIn('DeadLetterQueueUrl')).length > 0);
  expect(await cloud.usersIn('DeadLetterQueueUrl')).toEqual([poison]);
  const logs = await cloud.logs();
  expect(logs).toContainEqual(expect.stringContaining('"event":"MessageRefused"'));
});

test('a lasting fault leads to the dead-letter queue, and users come back from there once it is fixed', async () => {
  const group = { UserPoolId: cloud.output('UserPoolId'), GroupName: cloud.output('GroupName') };
  await cloud.cognito.send(new DeleteGroupCommand(group));
  const user = await cloud.signUpAndConfirm();
  const isDead = async () => {
    const users = (await cloud.usersIn('DeadLetterQueueUrl')) as { sub: string }[];
    return users.some(({ sub }) => sub === user.sub);
  };
  await eventually(isDead);

  await cloud.cognito.send(new CreateGroupCommand(group));
  await cloud.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: cloud.output('DeadLetterQueueArn') }));

  await eventually(() => isOnboarded(user));
  expect(await isDead()).toBe(false);
});

test('every user is onboarded even if a function is killed while it runs', async () => {
  const user = await cloud.signUp();
  await cloud.signUpAndConfirm(); // every function is warm, so that a running one is killed
  await cloud.setFaults([{ action: 'local:KillFunction', times: 1 }]);

  // The trigger itself dies: Cognito does not retry it, and only the reconciliation finds the user.
  await expect(cloud.confirm(user)).rejects.toMatchObject({ name: 'UserLambdaValidationException' });

  await cloud.reconcile();
  await eventually(() => isOnboarded(user));
});
