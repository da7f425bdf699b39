import type { ListUsersCommandOutput } from '@aws-sdk/client-cognito-identity-provider';
import { claimsOf } from '../../../../local/aws/token-claims';
import { BY_EMAIL, CognitoApp, listOf, PASSWORD } from '../../../support/cognito-app';

const EMAIL = 'ada@example.com';

const signInBy = (app: CognitoApp, provider: string, attributes: Record<string, string> = {}) =>
  app.cognito.signInFederated({
    userPoolId: app.userPoolId,
    provider,
    attributes: { sub: '1234', email: EMAIL, ...attributes },
  });

const link = (app: CognitoApp, Username: string, ProviderName: string, id = '1234') =>
  app.asAdmin('AdminLinkProviderForUser', {
    DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: Username },
    SourceUser: {
      ProviderName,
      ProviderAttributeName: 'Cognito_Subject',
      ProviderAttributeValue: id,
    },
  });

const createByAdmin = (app: CognitoApp) =>
  app.asAdmin('AdminCreateUser', {
    Username: EMAIL,
    UserAttributes: listOf({ email: EMAIL, email_verified: 'true' }),
    MessageAction: 'SUPPRESS',
  });

const setPassword = (app: CognitoApp, Username: string) =>
  app.asAdmin('AdminSetUserPassword', { Username, Password: PASSWORD, Permanent: true });

/** The one user of a pool, as a reconciliation reads them. */
const listed = async (app: CognitoApp) => {
  const { Users = [] } = await app.asAdmin<ListUsersCommandOutput>('ListUsers');
  expect(Users).toHaveLength(1);
  const [{ UserStatus, Enabled, Attributes = [] } = {}] = Users;
  const attributes = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value]));
  const identities: { providerType: string }[] = JSON.parse(attributes.identities ?? '[]');
  return {
    status: UserStatus,
    enabled: Enabled,
    verified: attributes.email_verified ?? 'false',
    identities: identities.map(({ providerType }) => providerType),
  };
};

describe('users whom a reconciliation reads', () => {
  const provider = (app: CognitoApp, ProviderName: string, ProviderType: string) =>
    app.cognito.createIdentityProvider({ UserPoolId: app.userPoolId, ProviderName, ProviderType });

  test.each<[string, object, (app: CognitoApp) => Promise<unknown>]>([
    [
      'a federated one whose password an administrator set',
      { status: 'CONFIRMED', verified: 'false', identities: ['Google'] },
      async (app) => {
        await signInBy(app, 'Google');
        await setPassword(app, 'Google_1234');
      },
    ],
    [
      'one who is linked to a SAML account',
      { status: 'CONFIRMED', verified: 'false', identities: ['SAML'] },
      async (app) => {
        provider(app, 'Okta', 'SAML');
        await app.signUp(EMAIL);
        await app.asAdmin('AdminConfirmSignUp', { Username: EMAIL });
        await link(app, EMAIL, 'Okta');
      },
    ],
    [
      'one whom an administrator created and linked',
      { status: 'FORCE_CHANGE_PASSWORD', verified: 'true', identities: ['Google'] },
      async (app) => {
        await createByAdmin(app);
        await link(app, EMAIL, 'Google');
      },
    ],
    [
      'one whom an administrator created',
      { status: 'FORCE_CHANGE_PASSWORD', verified: 'true', identities: [] },
      createByAdmin,
    ],
    [
      'a federated one',
      { status: 'EXTERNAL_PROVIDER', verified: 'false', identities: ['OIDC'] },
      async (app) => {
        provider(app, 'Login', 'OIDC');
        await signInBy(app, 'Login');
      },
    ],
    [
      'a disabled one',
      { status: 'CONFIRMED', enabled: false, verified: 'true', identities: [] },
      async (app) => {
        await app.confirmedUser(EMAIL);
        await app.asAdmin('AdminDisableUser', { Username: EMAIL });
      },
    ],
  ])('%s', async (_, expected, create) => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });

    await create(app);

    expect(await listed(app)).toEqual({ enabled: true, ...expected });
  });
});

describe('a sign-in by an identity provider', () => {
  const triggers = { PreSignUp: () => ({ autoVerifyEmail: true }), PostConfirmation: () => undefined };

  test('creates a user the first time, and post confirmation sees the account', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers });

    const sub = await signInBy(app, 'Google', { name: 'Ada' });

    expect(app.sources).toEqual(['PreSignUp_ExternalProvider', 'PostConfirmation_ConfirmSignUp']);
    expect(app.event('PreSignUp_ExternalProvider')).toMatchObject({
      userName: 'Google_1234',
      callerContext: { clientId: 'CLIENT_ID_NOT_APPLICABLE' },
      request: { userAttributes: { email: EMAIL, name: 'Ada' } },
    });
    const { userAttributes } = app.event('PostConfirmation_ConfirmSignUp').request as {
      userAttributes: Record<string, string>;
    };
    expect(userAttributes).toMatchObject({
      sub,
      email: EMAIL,
      email_verified: 'false',
      'cognito:user_status': 'EXTERNAL_PROVIDER',
    });
    expect(JSON.parse(userAttributes.identities ?? '')).toEqual([
      {
        userId: '1234',
        providerName: 'Google',
        providerType: 'Google',
        issuer: null,
        primary: true,
        dateCreated: Date.parse('2026-11-26T12:00:00Z'),
      },
    ]);
  });

  test('updates the user later, without these triggers', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers });
    const first = await signInBy(app, 'Google');

    const second = await signInBy(app, 'Google', { name: 'Ada' });

    expect(second).toBe(first);
    expect(app.sources).toHaveLength(2);
    expect(await app.user('Google_1234')).toMatchObject({ attributes: { name: 'Ada' } });
  });

  test('is the one of the linked user, who can have five accounts', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers });
    const sub = await app.confirmedUser(EMAIL);
    await link(app, EMAIL, 'Google');

    expect(await signInBy(app, 'Google')).toBe(sub);
    expect(app.sources).toEqual(['PreSignUp_SignUp', 'PostConfirmation_ConfirmSignUp']);
    const { IdToken = '' } = await app.signIn(EMAIL);
    expect(claimsOf(IdToken)).toMatchObject({
      identities: [{ userId: '1234', providerName: 'Google', primary: false }],
    });

    for (const id of ['2', '3', '4', '5']) await link(app, EMAIL, 'Okta', id);
    await expect(link(app, EMAIL, 'Okta', '6')).rejects.toMatchObject({ code: 'LimitExceededException' });
  });

  test('is refused for a disabled user', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });
    await signInBy(app, 'Google');
    await app.asAdmin('AdminDisableUser', { Username: 'Google_1234' });

    await expect(signInBy(app, 'Google')).rejects.toMatchObject({ message: 'User is disabled.' });
  });

  test('gives no password, so that nobody signs in without one', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });
    await signInBy(app, 'Google');

    for (const password of ['', ' ', 'undefined'])
      await expect(app.signIn('Google_1234', password)).rejects.toMatchObject({ name: 'Error' });
    await setPassword(app, 'Google_1234');
    expect(await app.signIn('Google_1234')).toHaveProperty('IdToken');
  });
});

describe('AdminLinkProviderForUser', () => {
  test.each<[string, string, (app: CognitoApp) => Promise<unknown>]>([
    ['merges no users', 'Merging is not currently supported', (app) => signInBy(app, 'Google')],
    ['links no account twice', 'SourceUser is already linked', (app) => link(app, EMAIL, 'Google')],
  ])('%s', async (_, message, before) => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });
    await app.confirmedUser(EMAIL);
    // Another address, which belongs to nobody yet.
    await before(app);

    await expect(link(app, EMAIL, 'Google')).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('needs the user, and the subject of the account', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });

    await expect(link(app, 'nobody', 'Google')).rejects.toMatchObject({ code: 'UserNotFoundException' });
    await app.confirmedUser(EMAIL);
    await expect(
      app.asAdmin('AdminLinkProviderForUser', {
        DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: EMAIL },
        SourceUser: { ProviderName: 'Google', ProviderAttributeName: 'email', ProviderAttributeValue: EMAIL },
      }),
    ).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'the local cloud links by the ProviderAttributeName Cognito_Subject only, not by email',
    });
  });

  test('can be undone', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });
    await app.confirmedUser(EMAIL);
    await link(app, EMAIL, 'Google');

    const User = {
      ProviderName: 'Google',
      ProviderAttributeName: 'Cognito_Subject',
      ProviderAttributeValue: '1234',
    };
    await app.asAdmin('AdminDisableProviderForUser', { User });

    expect(await listed(app)).toMatchObject({ identities: [] });
    expect((await app.user(EMAIL)).attributes).not.toHaveProperty('identities');
  });
});
