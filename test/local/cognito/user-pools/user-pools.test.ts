import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminListGroupsForUserCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { TestCloud } from '../../../support/test-cloud';
import { SETTING_PATHS, SETTINGS, valueAt, withoutDates } from '../../../support/user-pool';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.startEmpty();
});

afterAll(() => cloud.close());

const create = async (input: Partial<CreateUserPoolCommandInput> = {}) => {
  const { UserPool = {} } = await cloud.cognito.send(
    new CreateUserPoolCommand({ PoolName: 'pool', ...input }),
  );
  return UserPool;
};
const describePool = async (UserPoolId: string | undefined) => {
  const { UserPool = {} } = await cloud.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  return UserPool;
};
const update = (input: UpdateUserPoolCommandInput) => cloud.cognito.send(new UpdateUserPoolCommand(input));

test('a new user pool has the defaults of AWS', async () => {
  const pool = await create();

  expect(pool).toMatchObject({
    Id: expect.stringMatching(/^us-east-1_[0-9a-z]{9}$/),
    Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pool.Id}`,
    Name: 'pool',
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
    DeletionProtection: 'INACTIVE',
    EstimatedNumberOfUsers: 0,
    LambdaConfig: {},
    MfaConfiguration: 'OFF',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        RequireUppercase: true,
        TemporaryPasswordValidityDays: 7,
      },
    },
    UserPoolTier: 'ESSENTIALS',
  });
  expect(await describePool(pool.Id)).toEqual(pool);
});

test('a bare update resets every setting to its default, but for dynamic client registration', async () => {
  const byDefault = await create();
  const pool = await create({ ...SETTINGS, Schema: [{ Name: 'plan' }], UsernameAttributes: ['email'] });

  await update({ UserPoolId: pool.Id });

  const { Id, Name, Arn, CreationDate, SchemaAttributes, UsernameAttributes, DcrConfiguration } = pool;
  expect(withoutDates(await describePool(pool.Id))).toEqual({
    ...withoutDates(byDefault),
    ...{ Id, Name, Arn, CreationDate, SchemaAttributes, UsernameAttributes, DcrConfiguration },
  });
  expect(SchemaAttributes?.at(-1)).toMatchObject({ Name: 'custom:plan', AttributeDataType: 'String' });
});

describe('every setting', () => {
  let pool: UserPoolType;
  let byDefault: UserPoolType;

  beforeAll(async () => {
    [pool, byDefault] = await Promise.all([create(SETTINGS), create()]);
  });

  test.each(SETTING_PATHS)('%s is kept as it is set, and is not the default', (path) => {
    expect(valueAt(pool, path)).toEqual(valueAt(SETTINGS, path));
    expect(valueAt(pool, path)).not.toEqual(valueAt(byDefault, path));
  });
});

test.each([
  ['Arn', 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/x'],
  ['SchemaAttributes', []],
  ['UsernameAttributes', ['email']],
  ['Invented', true],
])('an update does not take %s', async (name, value) => {
  const { Id } = await create();

  const response = await fetch(cloud.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserPool',
    },
    body: JSON.stringify({ UserPoolId: Id, [name]: value }),
  });

  expect(await response.json()).toEqual({
    __type: 'InvalidParameterException',
    message: `UpdateUserPool does not take ${name}`,
  });
});

test('the old validity of temporary passwords is refused beside the new one, or after it', async () => {
  const { Id: UserPoolId } = await create();
  const AdminCreateUserConfig = { UnusedAccountValidityDays: 30 };

  await expect(update({ UserPoolId, AdminCreateUserConfig })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
  });
  await expect(create({ ...SETTINGS, AdminCreateUserConfig })).rejects.toThrow(
    'TemporaryPasswordValidityDays',
  );
});

test('a user pool that only ever had the old validity goes by it', async () => {
  const { Policies, AdminCreateUserConfig } = await create({
    AdminCreateUserConfig: { UnusedAccountValidityDays: 30 },
  });

  expect(AdminCreateUserConfig).toMatchObject({ UnusedAccountValidityDays: 30 });
  expect(Policies?.PasswordPolicy).not.toHaveProperty('TemporaryPasswordValidityDays');
});

test('the Lite tier has no names of authentication levels to set', async () => {
  const { AcrConfiguration } = SETTINGS;

  await expect(create({ UserPoolTier: 'LITE', AcrConfiguration })).rejects.toMatchObject({
    name: 'FeatureUnavailableInTierException',
  });
});

test('a protected user pool is not deleted, another one is gone', async () => {
  const { Id: UserPoolId } = await create({ DeletionProtection: 'ACTIVE' });

  await expect(cloud.cognito.send(new DeleteUserPoolCommand({ UserPoolId }))).rejects.toThrow(
    'deletion protection is activated',
  );
  await update({ UserPoolId, DeletionProtection: 'INACTIVE' });
  await cloud.cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
  await expect(describePool(UserPoolId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a group that is there already stays as it is', async () => {
  const { Id: UserPoolId } = await create();
  const RoleArn = 'arn:aws:iam::000000000000:role/member';
  const group = { UserPoolId, GroupName: 'members' };
  const ada = { UserPoolId, Username: 'ada' };
  await cloud.cognito.send(new CreateGroupCommand({ ...group, RoleArn }));
  await cloud.cognito.send(new AdminCreateUserCommand({ ...ada, MessageAction: 'SUPPRESS' }));
  await cloud.cognito.send(new AdminAddUserToGroupCommand({ ...group, ...ada }));

  await expect(cloud.cognito.send(new CreateGroupCommand(group))).rejects.toMatchObject({
    name: 'GroupExistsException',
    message: 'A group with the name already exists.',
  });

  await expect(cloud.cognito.send(new AdminListGroupsForUserCommand(ada))).resolves.toMatchObject({
    Groups: [{ GroupName: 'members', RoleArn }],
  });
});

test('a user pool needs a name', async () => {
  await expect(create({ PoolName: '' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

describe('the rotation of refresh tokens', () => {
  const rotating = { ClientName: 'web', RefreshTokenRotation: { Feature: 'ENABLED' as const } };
  const refused = {
    name: 'InvalidParameterException',
    message: expect.stringContaining('does not renew refresh tokens'),
  };

  test('is refused, because it would do nothing', async () => {
    const { Id: UserPoolId } = await create();
    const { UserPoolClient } = await cloud.cognito.send(
      new CreateUserPoolClientCommand({
        ...rotating,
        UserPoolId,
        RefreshTokenRotation: { Feature: 'DISABLED' },
      }),
    );
    const ClientId = UserPoolClient?.ClientId;

    await expect(
      cloud.cognito.send(new CreateUserPoolClientCommand({ ...rotating, UserPoolId })),
    ).rejects.toMatchObject(refused);
    await expect(
      cloud.cognito.send(new UpdateUserPoolClientCommand({ ...rotating, UserPoolId, ClientId })),
    ).rejects.toMatchObject(refused);
  });
});
