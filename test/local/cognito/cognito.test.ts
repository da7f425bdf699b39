import { randomUUID } from 'node:crypto';
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminListGroupsForUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  type AttributeType,
  type AuthFlowType,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  type ExplicitAuthFlowsType,
  InitiateAuthCommand,
  SignUpCommand,
  type SignUpCommandInput,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { TestCloud } from '../../support/test-cloud';

const PASSWORD = 'Correct-Horse-7-Battery';

const ExplicitAuthFlows: ExplicitAuthFlowsType[] = [
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
];

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.startEmpty();
});

afterAll(() => cloud.close());

/** A user pool that people sign up in, and how they do. */
const createApp = async (input: Partial<CreateUserPoolCommandInput> = {}) => {
  const { UserPool } = await cloud.cognito.send(new CreateUserPoolCommand({ PoolName: 'pool', ...input }));
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cloud.cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app', ExplicitAuthFlows }),
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

/** A user pool with one user, who is confirmed. */
const createAppOfAda = async () => {
  const app = await createApp();
  const ada = { UserPoolId: app.UserPoolId, Username: 'ada' };
  await app.signUp(ada);
  await cloud.cognito.send(new AdminConfirmSignUpCommand(ada));
  const signIn = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>) =>
    cloud.cognito.send(new InitiateAuthCommand({ ClientId: app.ClientId, AuthFlow, AuthParameters }));
  return { ...app, ada, signIn, password: { USERNAME: 'ada', PASSWORD } };
};

test('nobody verifies their address by saying so', async () => {
  const { password, signIn } = await createAppOfAda();
  const { AuthenticationResult } = await signIn('USER_PASSWORD_AUTH', password);
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

test('a user who is disabled can sign in no more, until they are enabled again', async () => {
  const { ClientId, ada, password, signIn } = await createAppOfAda();
  const { AuthenticationResult } = await signIn('USER_PASSWORD_AUTH', password);
  const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? '';
  const AuthParameters = password;

  await cloud.cognito.send(new AdminDisableUserCommand(ada));

  const disabled = { name: 'NotAuthorizedException', message: 'User is disabled.' };
  await expect(signIn('USER_PASSWORD_AUTH', password)).rejects.toMatchObject(disabled);
  await expect(signIn('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN })).rejects.toMatchObject(disabled);
  const byAdministrator = { ...ada, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' as const, AuthParameters };
  await expect(cloud.cognito.send(new AdminInitiateAuthCommand(byAdministrator))).rejects.toMatchObject(
    disabled,
  );

  await cloud.cognito.send(new AdminEnableUserCommand(ada));
  await expect(signIn('USER_PASSWORD_AUTH', password)).resolves.toHaveProperty('AuthenticationResult');
});

test("an administrator's password follows the policy, too", async () => {
  const { ada, signIn } = await createAppOfAda();
  const set = (Password: string) =>
    cloud.cognito.send(new AdminSetUserPasswordCommand({ ...ada, Password, Permanent: true }));

  await expect(set('short')).rejects.toMatchObject({ name: 'InvalidPasswordException' });

  await set('Another-Horse-8-Battery');
  const password = { USERNAME: 'ada', PASSWORD: 'Another-Horse-8-Battery' };
  await expect(signIn('USER_PASSWORD_AUTH', password)).resolves.toHaveProperty('AuthenticationResult');
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
