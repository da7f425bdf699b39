import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { GetExecutionHistoryCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

let cloud: TestCloud;
const lost: TestUser[] = [];
const ineligible: TestUser[] = [];

beforeAll(async () => {
  cloud = await TestCloud.start({ queueTimeScale: 0.01 });
  const UserPoolId = cloud.output('UserPoolId');
  await cloud.setFaults([{ action: 'lambda:InvokeFunction', error: 'ServiceException' }]);
  for (let i = 0; i < 70; i += 1) {
    const user = await cloud.signUp({ address: `${i} Main Street` });
    // The trigger cannot be invoked: the user is confirmed, and nobody knows.
    await expect(cloud.confirm(user)).rejects.toMatchObject({ name: 'UnexpectedLambdaException' });
    lost.push(user);
  }
  await cloud.setFaults([]);
  const unverified = await cloud.signUp();
  await cloud.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: unverified.email }));
  const disabled = await cloud.signUp();
  await cloud.setFaults([{ action: 'lambda:InvokeFunction', error: 'ServiceException' }]);
  await expect(cloud.confirm(disabled)).rejects.toThrow();
  await cloud.setFaults([]);
  await cloud.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: disabled.email }));
  await cloud.cognito.send(
    new AdminCreateUserCommand({ UserPoolId, Username: 'new@example.com', MessageAction: 'SUPPRESS' }),
  );
  ineligible.push(unverified, disabled, await cloud.signUp());
}, 60_000);

afterAll(() => cloud.close());

const countRecords = async (users: TestUser[]) => {
  const records = await Promise.all(users.map((user) => cloud.recordOf(user)));
  return records.filter((record) => record !== undefined).length;
};

test('lists users page by page, as AWS does', async () => {
  const UserPoolId = cloud.output('UserPoolId');
  const first = await cloud.cognito.send(new ListUsersCommand({ UserPoolId }));
  const second = await cloud.cognito.send(
    new ListUsersCommand({ UserPoolId, PaginationToken: first.PaginationToken }),
  );

  expect(first.Users).toHaveLength(60);
  expect(second.Users).toHaveLength(14);
  expect(second.PaginationToken).toBeUndefined();
  const names = [...(first.Users ?? []), ...(second.Users ?? [])].map(({ Username }) => Username);
  expect(new Set(names).size).toBe(74);
});

test('a dry run only counts', async () => {
  const { output } = await cloud.reconcile({ dryRun: true });

  expect(output).toEqual({ dryRun: true, pages: 2, scanned: 74, eligible: 70, missing: 70, queued: 0 });
  expect(await countRecords(lost)).toBe(0);
});

test('one that is stopped half-way does no harm', async () => {
  await cloud.setFaults([{ action: 'cognito-idp:ListUsers', delayMs: 200 }]);
  const executionArn = await cloud.startReconciliation();

  await cloud.sfn.send(new StopExecutionCommand({ executionArn }));

  await eventually(async () => (await cloud.describeExecution(executionArn)).status === 'ABORTED');
  await cloud.setFaults([]);
});

test('onboards everybody who should have been, and nobody else', async () => {
  const { executionArn, status, output } = await cloud.reconcile();

  expect(status).toBe('SUCCEEDED');
  expect(output).toMatchObject({ scanned: 74, eligible: 70 });
  await eventually(async () => (await countRecords(lost)) === lost.length, 30_000);
  expect(await countRecords(ineligible)).toBe(0);
  const { events = [] } = await cloud.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events.filter(({ type }) => type === 'TaskSucceeded')).toHaveLength(Math.ceil(74 / 60));
}, 40_000);

test('a second one finds nobody missing', async () => {
  const { output } = await cloud.reconcile();

  expect(output).toMatchObject({ scanned: 74, eligible: 70, missing: 0, queued: 0 });
});
