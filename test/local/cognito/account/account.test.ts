import { BY_EMAIL, CognitoApp, listOf, PASSWORD } from '../../../support/cognito-app';

const EMAIL = 'ada@example.com';
const NEW_EMAIL = 'countess@example.com';
const PHONE = '+15550100001';

const signedIn = async (options: Parameters<typeof CognitoApp.create>[0] = {}) => {
  const app = await CognitoApp.create({ ...options, pool: { ...BY_EMAIL, ...options.pool } });
  await app.confirmedUser(EMAIL);
  const { AccessToken } = await app.signIn(EMAIL);
  const update = (attributes: Record<string, string>) =>
    app.call('UpdateUserAttributes', { AccessToken, UserAttributes: listOf(attributes) });
  const verify = (AttributeName: string, to: string) =>
    app.call('VerifyUserAttribute', { AccessToken, AttributeName, Code: app.codeFor(to) });
  return { app, AccessToken, update, verify };
};

describe('a new e-mail address', () => {
  test('counts at once, but has to be verified', async () => {
    const { app, update, verify } = await signedIn();

    expect(await update({ email: NEW_EMAIL, name: 'Ada' })).toEqual({
      CodeDeliveryDetailsList: [
        { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'c***@e***' },
      ],
    });
    expect((await app.user(NEW_EMAIL)).attributes).toMatchObject({ email_verified: 'false', name: 'Ada' });
    await expect(app.user(EMAIL)).rejects.toMatchObject({ code: 'UserNotFoundException' });

    await verify('email', NEW_EMAIL);
    expect((await app.user(NEW_EMAIL)).attributes).toMatchObject({ email_verified: 'true' });
  });

  test('can wait until it is verified, if the pool keeps the old one', async () => {
    const { app, update, verify } = await signedIn({
      pool: { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } },
    });

    await update({ email: NEW_EMAIL });
    expect((await app.user(EMAIL)).attributes).toMatchObject({ email: EMAIL, email_verified: 'true' });

    await verify('email', NEW_EMAIL);
    expect((await app.user(NEW_EMAIL)).attributes).toMatchObject({
      email: NEW_EMAIL,
      email_verified: 'true',
    });
  });

  test('of another user is refused, and the other user is still found', async () => {
    const { app, update } = await signedIn();
    const grace = await app.confirmedUser('grace@example.com');
    const refused = {
      code: 'AliasExistsException',
      message: 'An account with the email already exists.',
    };

    await expect(update({ email: 'grace@example.com' })).rejects.toMatchObject(refused);
    await expect(
      app.asAdmin('AdminUpdateUserAttributes', {
        Username: EMAIL,
        UserAttributes: listOf({ email: 'grace@example.com', email_verified: 'true' }),
      }),
    ).rejects.toMatchObject(refused);

    expect(await app.user('grace@example.com')).toMatchObject({ Username: grace });
    expect((await app.user(EMAIL)).attributes).toMatchObject({ email: EMAIL, email_verified: 'true' });
  });

  test('that is an alias of another user cannot be verified', async () => {
    const app = await CognitoApp.create({
      pool: { AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] },
    });
    for (const name of ['ada', 'grace']) {
      await app.signUp(name, { email: `${name}@example.com` });
      await app.confirm(name, `${name}@example.com`);
    }
    const { AccessToken } = await app.signIn('grace');

    await app.call('UpdateUserAttributes', { AccessToken, UserAttributes: listOf({ email: EMAIL }) });
    const verification = { AccessToken, AttributeName: 'email', Code: app.codeFor(EMAIL) };

    await expect(app.call('VerifyUserAttribute', verification)).rejects.toMatchObject({
      code: 'AliasExistsException',
    });
    expect(await app.user(EMAIL)).toMatchObject({ Username: 'ada' });
  });

  test('that an administrator sets is verified, if they say so', async () => {
    const { app } = await signedIn();
    const set = (attributes: Record<string, string>) =>
      app.asAdmin('AdminUpdateUserAttributes', { Username: EMAIL, UserAttributes: listOf(attributes) });
    const sent = app.cognito.messages.added;

    await set({ email: EMAIL, email_verified: 'true', name: 'Ada' });
    expect(app.cognito.messages.added).toBe(sent);
    await set({ email: NEW_EMAIL });

    expect(app.messageTo(NEW_EMAIL).purpose).toBe('UpdateUserAttribute');
    expect((await app.user(NEW_EMAIL)).attributes).toMatchObject({ email_verified: 'false' });
  });
});

test('a phone number is verified by SMS', async () => {
  const { app, AccessToken, update, verify } = await signedIn();

  await update({ phone_number: PHONE });
  expect((await app.user(EMAIL)).attributes).toMatchObject({ phone_number_verified: 'false' });
  const input = { AccessToken, AttributeName: 'phone_number' };
  expect(await app.call('GetUserAttributeVerificationCode', input)).toMatchObject({
    CodeDeliveryDetails: { DeliveryMedium: 'SMS', Destination: '+*******0001' },
  });
  await expect(app.call('VerifyUserAttribute', { ...input, Code: 'wrong' })).rejects.toMatchObject({
    code: 'CodeMismatchException',
  });
  await verify('phone_number', PHONE);

  expect((await app.user(EMAIL)).attributes).toMatchObject({ phone_number_verified: 'true' });
  await expect(verify('phone_number', PHONE)).rejects.toMatchObject({ code: 'ExpiredCodeException' });
});

test.each([
  [
    { email_verified: 'true' },
    'NotAuthorizedException',
    'A client attempted to write unauthorized attribute',
  ],
  [{ identities: '[]' }, 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
  [{ name: 'Ada' }, 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
  [
    { 'custom:none': 'x' },
    'InvalidParameterException',
    'user.custom:none: Attribute does not exist in the schema.',
  ],
  [
    { 'custom:born': 'x' },
    'InvalidParameterException',
    'user.custom:born: Attribute cannot be updated. (changing an immutable attribute)',
  ],
  [{ email: 'ada' }, 'InvalidParameterException', 'Invalid email address format.'],
])('the change %j is refused', async (attributes, code, message) => {
  const { update } = await signedIn({
    pool: { Schema: [{ Name: 'born', Mutable: false }] },
    client: { WriteAttributes: ['email', 'custom:none', 'custom:born'] },
  });

  await expect(update(attributes)).rejects.toMatchObject({ code, message });
});

test.each([
  ['sub', 'ada'],
  ['identities', '[]'],
])('not even an administrator sets %s', async (name, value) => {
  const { app } = await signedIn();
  const UserAttributes = listOf({ [name]: value });

  for (const action of ['AdminUpdateUserAttributes', 'AdminCreateUser']) {
    await expect(app.asAdmin(action, { Username: EMAIL, UserAttributes })).rejects.toMatchObject({
      code: 'InvalidParameterException',
    });
  }
});

test('a password is changed by who knows the old one', async () => {
  const { app, AccessToken } = await signedIn();
  const change = (PreviousPassword: string, ProposedPassword: string) =>
    app.call('ChangePassword', { AccessToken, PreviousPassword, ProposedPassword });

  await expect(change('wrong', 'Another-Horse-8-Battery')).rejects.toMatchObject({
    code: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
  await expect(change(PASSWORD, 'short')).rejects.toMatchObject({ code: 'InvalidPasswordException' });
  await change(PASSWORD, 'Another-Horse-8-Battery');

  expect(await app.signIn(EMAIL, 'Another-Horse-8-Battery')).toHaveProperty('IdToken');
});

test('GetUser answers what the app client may read', async () => {
  const { app, AccessToken } = await signedIn({ client: { ReadAttributes: ['email'] } });
  const { Username } = await app.user(EMAIL);

  expect(await app.call('GetUser', { AccessToken })).toEqual({
    Username,
    UserAttributes: [
      { Name: 'email', Value: EMAIL },
      { Name: 'sub', Value: Username },
    ],
  });
});

test('attributes can be deleted, with their verification', async () => {
  const { app, AccessToken, update } = await signedIn();
  await update({ phone_number: PHONE, name: 'Ada', nickname: 'A' });

  await app.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['phone_number', 'name'] });
  await app.asAdmin('AdminDeleteUserAttributes', { Username: EMAIL, UserAttributeNames: ['nickname'] });

  expect(Object.keys((await app.user(EMAIL)).attributes).sort()).toEqual(['email', 'email_verified', 'sub']);
});

test('a user who is gone, or disabled, has no account any more', async () => {
  const { app, AccessToken } = await signedIn();

  await app.asAdmin('AdminDisableUser', { Username: EMAIL });
  await expect(app.call('GetUser', { AccessToken })).rejects.toMatchObject({
    code: 'NotAuthorizedException',
    message: 'User is disabled.',
  });
  await app.asAdmin('AdminEnableUser', { Username: EMAIL });
  await expect(app.call('GetUser', { AccessToken })).rejects.toMatchObject({
    message: 'Access Token has been revoked',
  });

  const { AccessToken: again } = await app.signIn(EMAIL);
  await app.call('DeleteUser', { AccessToken: again });
  await expect(app.call('GetUser', { AccessToken: again })).rejects.toMatchObject({
    code: 'UserNotFoundException',
  });
  await app.signUp(EMAIL);
});

test.each(['', 'a.b.c', 'x'])('%j is no access token', async (AccessToken) => {
  const app = await CognitoApp.create();
  const calls: [string, object][] = [
    ['GetUser', {}],
    ['GlobalSignOut', {}],
    ['DeleteUser', {}],
    ['DeleteUserAttributes', { UserAttributeNames: ['name'] }],
    ['UpdateUserAttributes', { UserAttributes: [] }],
    ['ChangePassword', { PreviousPassword: PASSWORD, ProposedPassword: PASSWORD }],
    ['GetUserAttributeVerificationCode', { AttributeName: 'email' }],
    ['VerifyUserAttribute', { AttributeName: 'email', Code: '123456' }],
  ];

  for (const [action, input] of calls) {
    await expect(app.call(action, { ...input, AccessToken })).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Invalid Access Token',
    });
  }
});

test('neither is an ID token, nor one whose signature does not fit', async () => {
  const { app, AccessToken = '' } = await signedIn();
  const { IdToken } = await app.signIn(EMAIL);
  const [header, , signature] = AccessToken.split('.');
  const payload = Buffer.from(JSON.stringify({ token_use: 'access' })).toString('base64url');

  for (const token of [IdToken, `${header}.${payload}.${signature}`]) {
    await expect(app.call('GetUser', { AccessToken: token })).rejects.toMatchObject({
      message: 'Invalid Access Token',
    });
  }
});
