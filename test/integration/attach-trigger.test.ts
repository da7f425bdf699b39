import {
  ConfirmSignUpCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { attachmentTo, onboardingOf, TRIGGER_ARN } from '../support/attachment';
import { TestCloud, type TestUser } from '../support/test-cloud';
import { SETTING_PATHS, SETTINGS, valueAt, withoutDates } from '../support/user-pool';

const OTHER_TRIGGER = 'arn:aws:lambda:us-east-1:000000000000:function:somebody-elses';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.startEmpty();
});

afterEach(() => cloud.setFaults([]));

afterAll(() => cloud.close());

/** An existing user pool that no stack of this project created. */
async function existingPool(input: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
  const { UserPool } = await cloud.cognito.send(new CreateUserPoolCommand({ PoolName: 'pool', ...input }));
  return UserPool?.Id ?? '';
}

async function describePool(UserPoolId: string): Promise<UserPoolType> {
  const { UserPool } = await cloud.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  return withoutDates(UserPool ?? {});
}

const triggerOf = async (userPoolId: string) =>
  (await describePool(userPoolId)).LambdaConfig?.PostConfirmation;

describe('a user pool with every setting far from its default', () => {
  let before: UserPoolType;
  let attached: UserPoolType;
  let after: UserPoolType;

  beforeAll(async () => {
    const userPoolId = await existingPool({
      ...SETTINGS,
      AliasAttributes: ['email', 'preferred_username'],
      Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: false }],
      UsernameConfiguration: { CaseSensitive: false },
    });
    before = await describePool(userPoolId);
    await cloud.deploy(attachmentTo(userPoolId));
    attached = await describePool(userPoolId);
    await cloud.destroy();
    after = await describePool(userPoolId);
  });

  test.each(SETTING_PATHS)('%s is the same while attached, and afterwards', (path) => {
    expect(valueAt(before, path)).toEqual(valueAt(SETTINGS, path));
    expect(valueAt(attached, path)).toEqual(valueAt(SETTINGS, path));
    expect(valueAt(after, path)).toEqual(valueAt(SETTINGS, path));
  });

  test('only its trigger is different while attached', () => {
    const LambdaConfig = { ...SETTINGS.LambdaConfig, PostConfirmation: TRIGGER_ARN };

    expect(attached).toEqual({ ...before, LambdaConfig });
  });

  test('its description is identical when detached', () => {
    expect(after).toEqual(before);
  });
});

test.each<[string, Partial<CreateUserPoolCommandInput>]>([
  ['with every setting at its default', {}],
  ['that uses the old validity', { AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } }],
  ['of the Lite tier', { UserPoolTier: 'LITE' }],
])('a user pool %s is unchanged afterwards', async (_, settings) => {
  const userPoolId = await existingPool(settings);
  const before = await describePool(userPoolId);

  await cloud.deploy(attachmentTo(userPoolId));
  expect(await describePool(userPoolId)).toEqual({
    ...before,
    LambdaConfig: { PostConfirmation: TRIGGER_ARN },
  });
  await cloud.destroy();

  expect(await describePool(userPoolId)).toEqual(before);
});

test('another trigger is not replaced, and the error names it', async () => {
  const userPoolId = await existingPool({ LambdaConfig: { PostConfirmation: OTHER_TRIGGER } });
  const before = await describePool(userPoolId);

  await expect(cloud.deploy(attachmentTo(userPoolId))).rejects.toThrow(
    `user pool ${userPoolId} has another post confirmation trigger: ${OTHER_TRIGGER}. Set replaceTrigger`,
  );

  expect(await describePool(userPoolId)).toEqual(before);
});

test('another trigger is replaced if asked for, and is back when detached', async () => {
  const userPoolId = await existingPool({ LambdaConfig: { PostConfirmation: OTHER_TRIGGER } });
  const before = await describePool(userPoolId);

  await cloud.deploy(attachmentTo(userPoolId, { replaceTrigger: true }));
  expect(await triggerOf(userPoolId)).toBe(TRIGGER_ARN);
  await cloud.destroy();

  expect(await describePool(userPoolId)).toEqual(before);
});

test('a trigger that somebody has set since is not changed', async () => {
  const userPoolId = await existingPool();
  await cloud.deploy(attachmentTo(userPoolId));
  const LambdaConfig = { PostConfirmation: OTHER_TRIGGER };
  await cloud.cognito.send(new UpdateUserPoolCommand({ UserPoolId: userPoolId, LambdaConfig }));

  await cloud.destroy();

  expect(await triggerOf(userPoolId)).toBe(OTHER_TRIGGER);
});

test('a user pool that is gone needs no detaching', async () => {
  const userPoolId = await existingPool();
  await cloud.deploy(attachmentTo(userPoolId));
  await cloud.cognito.send(new DeleteUserPoolCommand({ UserPoolId: userPoolId }));

  await expect(cloud.destroy()).resolves.toBeUndefined();
});

test('a user pool that does not exist fails the deployment', async () => {
  await expect(cloud.deploy(attachmentTo('us-east-1_Nowhere12'))).rejects.toThrow('us-east-1_Nowhere12');
});

test('a user pool that others change at the same time is changed in the end', async () => {
  const userPoolId = await existingPool(SETTINGS);
  const before = await describePool(userPoolId);
  await cloud.setFaults([
    { action: 'cognito-idp:UpdateUserPool', error: 'ConcurrentModificationException', times: 1 },
    { action: 'cognito-idp:DescribeUserPool', error: 'TooManyRequestsException', times: 2 },
  ]);

  await cloud.deploy(attachmentTo(userPoolId));

  const LambdaConfig = { ...before.LambdaConfig, PostConfirmation: TRIGGER_ARN };
  expect(await describePool(userPoolId)).toEqual({ ...before, LambdaConfig });
  await cloud.destroy();
});

test('a permission that IAM has not applied everywhere yet is waited for', async () => {
  const userPoolId = await existingPool();
  await cloud.setFaults([
    { action: 'cognito-idp:DescribeUserPool', error: 'AccessDeniedException', times: 1 },
    { action: 'cognito-idp:UpdateUserPool', error: 'AccessDeniedException', times: 1 },
  ]);

  await cloud.deploy(attachmentTo(userPoolId));

  expect(await triggerOf(userPoolId)).toBe(TRIGGER_ARN);
  await cloud.destroy();
});

test('users of an existing pool are onboarded while the trigger is attached, and the pool is unchanged afterwards', async () => {
  const AdminCreateUserConfig = { ...SETTINGS.AdminCreateUserConfig, AllowAdminCreateUserOnly: false };
  // A sign-up would call these two, which are not there.
  const { PreSignUp: _, CustomMessage: _message, ...LambdaConfig } = SETTINGS.LambdaConfig;
  const userPoolId = await existingPool({
    ...SETTINGS,
    AdminCreateUserConfig,
    LambdaConfig,
    AutoVerifiedAttributes: ['email'],
    UsernameAttributes: ['email'],
  });
  await cloud.cognito.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName: 'users' }));
  const signUpAndConfirm = await signUpsTo(userPoolId);
  const before = await describePool(userPoolId);

  await cloud.deploy(onboardingOf(userPoolId));
  const user = await signUpAndConfirm();
  expect(await cloud.recordOf(user)).toMatchObject({ username: user.sub });
  expect(await cloud.groupsOf(user, userPoolId)).toEqual(['users']);
  const executions = cloud.executions.length;
  await cloud.destroy();
  await signUpAndConfirm();

  expect(executions).toBe(1);
  expect(cloud.executions).toHaveLength(executions);
  expect(await describePool(userPoolId)).toEqual({ ...before, EstimatedNumberOfUsers: 2 });
});

/** Signs people up for a user pool through an app client of its own. */
async function signUpsTo(UserPoolId: string): Promise<() => Promise<TestUser>> {
  const { UserPoolClient } = await cloud.cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app' }),
  );
  const ClientId = UserPoolClient?.ClientId;
  return async () => {
    const { email } = cloud.newUser();
    const Password = 'Correct-Horse-7-Battery-Staple';
    const { UserSub = '' } = await cloud.cognito.send(
      new SignUpCommand({ ClientId, Username: email, Password }),
    );
    const ConfirmationCode = await cloud.codeFor(email);
    await cloud.cognito.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode }));
    return { email, sub: UserSub };
  };
}
