import {
  ConfirmSignUpCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { onboardingOf } from '../support/attachment';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

const OTHER_TRIGGER = 'arn:aws:lambda:us-east-1:000000000000:function:somebody-elses';

let cloud: TestCloud;
let userPoolId: string;
let ClientId: string | undefined;
let ours: string | undefined;

beforeAll(async () => {
  cloud = await TestCloud.startEmpty(0.01);
  const { UserPool } = await cloud.cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'pool-of-others',
      AutoVerifiedAttributes: ['email'],
      UsernameAttributes: ['email'],
      MfaConfiguration: 'OFF',
      UserPoolTags: { owner: 'others' },
    }),
  );
  userPoolId = UserPool?.Id ?? '';
  await cloud.cognito.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName: 'users' }));
  const { UserPoolClient } = await cloud.cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId: userPoolId, ClientName: 'app' }),
  );
  ClientId = UserPoolClient?.ClientId;
  await cloud.deploy(onboardingOf(userPoolId));
  ours = await trigger();
});

afterEach(() => cloud.setFaults([]));

afterAll(() => cloud.close());

async function trigger(): Promise<string | undefined> {
  const { UserPool } = await cloud.cognito.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }));
  return UserPool?.LambdaConfig?.PostConfirmation;
}

/** The owner's own deployment, which does not know our trigger: UpdateUserPool resets what it is not sent. */
const ownerUpdates = (PostConfirmation?: string) =>
  cloud.cognito.send(
    new UpdateUserPoolCommand({
      UserPoolId: userPoolId,
      AutoVerifiedAttributes: ['email'],
      UserPoolTags: { owner: 'others' },
      ...(PostConfirmation && { LambdaConfig: { PostConfirmation } }),
    }),
  );

async function signUpAndConfirm(): Promise<TestUser> {
  const { email } = cloud.newUser();
  const Password = 'Correct-Horse-7-Battery-Staple';
  const { UserSub = '' } = await cloud.cognito.send(
    new SignUpCommand({ ClientId, Username: email, Password }),
  );
  const ConfirmationCode = await cloud.codeFor(email);
  await cloud.cognito.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode }));
  return { email, sub: UserSub };
}

const isOnboarded = async (user: TestUser) => (await cloud.recordOf(user)) !== undefined;

/** The lines that the alarm `TriggerDetached` counts, by the pattern of its metric filter. */
async function detachedLines(): Promise<number> {
  const filters = Object.values(cloud.template.Resources).filter(
    ({ Properties }) => Properties?.FilterPattern === '{ $.message.event = "TriggerDetached" }',
  );
  expect(filters).toHaveLength(1);
  const lines = (await cloud.logs()).flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  return lines.filter(({ message }) => message?.event === 'TriggerDetached').length;
}

test('a trigger that the owner has dropped is told of and comes back, and nobody is lost', async () => {
  const before = await signUpAndConfirm();
  expect(await isOnboarded(before)).toBe(true);
  const told = await detachedLines();

  await ownerUpdates();
  const missed = [await signUpAndConfirm(), await signUpAndConfirm()];
  expect(await Promise.all(missed.map(isOnboarded))).toEqual([false, false]);
  const { status, output } = await cloud.reconcile();

  expect({ status, trigger: output.trigger }).toEqual({
    status: 'SUCCEEDED',
    trigger: { status: 'Reattached' },
  });
  expect(await detachedLines()).toBe(told + 1);
  expect(await trigger()).toBe(ours);
  for (const user of missed) await eventually(() => isOnboarded(user));
  expect(await isOnboarded(await signUpAndConfirm())).toBe(true);
});

test('a trigger that is there is neither told of nor set again', async () => {
  const told = await detachedLines();

  expect((await cloud.reconcile()).output.trigger).toEqual({ status: 'Attached' });

  expect(await detachedLines()).toBe(told);
});

test('a dry run tells of it, and changes nothing', async () => {
  const told = await detachedLines();
  await ownerUpdates();

  expect((await cloud.reconcile({ dryRun: true })).output.trigger).toEqual({ status: 'Detached' });

  expect(await trigger()).toBeUndefined();
  expect(await detachedLines()).toBe(told + 1);
  await cloud.reconcile();
  expect(await trigger()).toBe(ours);
});

test("somebody else's trigger is told of and left where it is, and the users are found", async () => {
  const told = await detachedLines();
  await ownerUpdates();
  const missed = await signUpAndConfirm();
  await ownerUpdates(OTHER_TRIGGER);

  expect((await cloud.reconcile()).output.trigger).toEqual({ status: 'Replaced' });

  expect(await trigger()).toBe(OTHER_TRIGGER);
  expect(await detachedLines()).toBe(told + 1);
  await eventually(() => isOnboarded(missed));
  await ownerUpdates();
  await cloud.reconcile();
});

test('if the trigger cannot be set again, the users are found, and the reconciliation fails', async () => {
  await ownerUpdates();
  const missed = await signUpAndConfirm();
  await cloud.setFaults([{ action: 'cognito-idp:UpdateUserPool', error: 'InvalidParameterException' }]);

  expect((await cloud.reconcile()).status).toBe('FAILED');

  await eventually(() => isOnboarded(missed));
  expect(await trigger()).toBeUndefined();
});

test('if the trigger cannot be checked, the users are found, and the reconciliation fails', async () => {
  const missed = await signUpAndConfirm();
  await cloud.setFaults([{ action: 'cognito-idp:DescribeUserPool', error: 'AccessDeniedException' }]);

  expect((await cloud.reconcile()).status).toBe('FAILED');

  await eventually(() => isOnboarded(missed));
});
