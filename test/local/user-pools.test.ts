import { randomUUID } from 'node:crypto';
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminUpdateUserAttributesCommand,
  type AttributeType,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  InitiateAuthCommand,
  SignUpCommand,
  type SignUpCommandInput,
  UpdateUserAttributesCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { TestCloud } from '../support/test-cloud';
import { SETTING_PATHS, SETTINGS, valueAt, withoutDates } from '../support/user-pool';

const PASSWORD = 'Correct-Horse-7-Battery';

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

/** A user pool that people sign up in, and how they do. */
const createApp = async (input: Partial<CreateUserPoolCommandInput> = {}) => {
  const { Id: UserPoolId = '' } = await create(input);
  const { UserPoolClient } = await cloud.cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app' }),
  );
  const ClientId = UserPoolClient?.ClientId;
  const signUp = (person: Partial<SignUpCommandInput> = {}) =>
    cloud.cognito.send(
      new SignUpCommand({ ClientId, Username: randomUUID(), Password: PASSWORD, ...person }),
    );
  return { UserPoolId, ClientId, signUp };
};

test.each<[string, Partial<SignUpCommandInput>, string, string]>([
  ...['sub', 'email_verified', 'phone_number_verified'].map(
    (Name): [string, Partial<SignUpCommandInput>, string, string] => [
      `their own ${Name}`,
      { UserAttributes: [{ Name, Value: 'true' }] },
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ],
  ),
  [
    'what the schema does not know',
    { UserAttributes: ['custom:plan', 'custom:nope'].map((Name) => ({ Name, Value: 'x' })) },
    'InvalidParameterException',
    'Attributes did not conform to the schema: custom:nope: Attribute does not exist in the schema.\n',
  ],
  [
    'no password',
    { Password: undefined },
    'InvalidParameterException',
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
  ],
  [
    'a name of 129 characters',
    { Username: 'x'.repeat(129) },
    'InvalidParameterException',
    "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must have length less than or equal to 128",
  ],
])('nobody signs up with %s', async (_, person, name, message) => {
  const { signUp } = await createApp({ Schema: [{ Name: 'plan' }] });

  await expect(signUp(person)).rejects.toMatchObject({ name, message });

  const UserAttributes = [{ Name: 'custom:plan', Value: 'gold' }];
  await expect(signUp({ Username: 'x'.repeat(128), UserAttributes })).resolves.toMatchObject({
    UserConfirmed: false,
  });
});

test('a password is left out where other factors sign in', async () => {
  const SignInPolicy = { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const] };
  const { signUp } = await createApp({ Policies: { SignInPolicy } });

  await expect(signUp({ Password: undefined })).resolves.toMatchObject({ UserConfirmed: false });
});

test('nobody verifies their address by saying so', async () => {
  const { UserPoolId, ClientId, signUp } = await createApp();
  await signUp({ Username: 'ada' });
  await cloud.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: 'ada' }));
  const { AuthenticationResult } = await cloud.cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD },
    }),
  );
  const write = (UserAttributes: AttributeType[]) =>
    cloud.cognito.send(
      new UpdateUserAttributesCommand({ AccessToken: AuthenticationResult?.AccessToken, UserAttributes }),
    );

  await write([{ Name: 'email', Value: 'ada@example.com' }]);
  const refused = write([
    { Name: 'email', Value: 'ada@example.com' },
    { Name: 'email_verified', Value: 'true' },
  ]);

  await expect(refused).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'A client attempted to write unauthorized attribute',
  });
});

test('nobody signs themselves up where only administrators create users', async () => {
  const { signUp } = await createApp({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });

  await expect(signUp()).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'SignUp is not permitted for this user pool',
  });
});

test('an administrator creates a user with the address of one who is gone', async () => {
  const { UserPoolId, signUp } = await createApp({ UsernameAttributes: ['email'] });
  const Username = 'ada@example.com';
  const UserAttributes = [{ Name: 'email', Value: Username }];
  await signUp({ Username, UserAttributes });
  await cloud.cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
  const groups = () => cloud.cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
  await expect(groups()).rejects.toMatchObject({ name: 'UserNotFoundException' });

  await cloud.cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username,
      UserAttributes,
      DesiredDeliveryMediums: ['EMAIL'],
    }),
  );

  await expect(groups()).resolves.toMatchObject({ Groups: [] });
});

test('a user pool needs a name', async () => {
  await expect(create({ PoolName: '' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('a changed address names its user from then on, in whatever letters, and the old one nobody', async () => {
  const { UserPoolId, signUp } = await createApp({
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
  });
  await signUp({ Username: 'ada@example.com' });

  await cloud.cognito.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId,
      Username: 'ada@example.com',
      UserAttributes: [{ Name: 'email', Value: 'countess@example.com' }],
    }),
  );

  const get = (Username: string) => cloud.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  await expect(get('ada@example.com')).rejects.toMatchObject({ name: 'UserNotFoundException' });
  const { Username = '' } = await get('Countess@Example.com');
  expect(await get(Username)).toMatchObject({ Username });
});
