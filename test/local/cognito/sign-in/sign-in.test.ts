import { createHmac } from 'node:crypto';
import type { AdminCreateUserCommandOutput } from '@aws-sdk/client-cognito-identity-provider';
import { generate } from 'cognito-local/lib/services/totp';
import { claimsOf } from '../../../../local/aws/token-claims';
import { BY_EMAIL, CognitoApp, listOf, PASSWORD } from '../../../support/cognito-app';

const EMAIL = 'ada@example.com';
const NEW_PASSWORD = 'Another-Horse-8-Battery';

const appOfAda = async (options: Parameters<typeof CognitoApp.create>[0] = {}) => {
  const app = await CognitoApp.create({ ...options, pool: { ...BY_EMAIL, ...options.pool } });
  return { app, sub: await app.confirmedUser(EMAIL) };
};

describe('flows', () => {
  test.each([
    ['USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH flow not enabled for this client'],
    ['USER_SRP_AUTH', 'USER_SRP_AUTH flow not enabled for this client'],
    ['CUSTOM_AUTH', 'CUSTOM_AUTH flow not enabled for this client'],
    ['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN_AUTH flow not enabled for this client'],
    ['REFRESH_TOKEN', 'REFRESH_TOKEN_AUTH flow not enabled for this client'],
  ])('%s is refused to an app client that does not allow it', async (AuthFlow, message) => {
    const app = await CognitoApp.create({ client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] } });

    await expect(app.asUser('InitiateAuth', { AuthFlow })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message,
    });
  });

  test('without a list, a password is sent by SRP only', async () => {
    const app = await CognitoApp.create({ client: { ExplicitAuthFlows: undefined } });

    await expect(app.signIn('ada')).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(
      app.asUser('InitiateAuth', {
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: 'ada', SRP_A: 'a' },
      }),
    ).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });

  test.each([
    ['InitiateAuth', 'ADMIN_USER_PASSWORD_AUTH'],
    ['InitiateAuth', 'USER_AUTH'],
    ['AdminInitiateAuth', 'USER_PASSWORD_AUTH'],
    ['InitiateAuth', 'constructor'],
  ])('%s does not play %s, and says what it plays', async (action, AuthFlow) => {
    const app = await CognitoApp.create();

    await expect(app.asAdmin(action, { ClientId: app.clientId, AuthFlow })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(`does not play the AuthFlow ${AuthFlow} here: use .*SRP_AUTH`),
    });
  });

  test('an app client of another pool is none of this pool', async () => {
    const { app } = await appOfAda();
    const input = { UserPoolId: 'us-east-1_Other', ClientId: app.clientId, AuthFlow: 'REFRESH_TOKEN_AUTH' };

    await expect(app.call('AdminInitiateAuth', input)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: `User pool client ${app.clientId} does not exist.`,
    });
    await expect(app.call('ListUsers', { UserPoolId: 'us-east-1_Other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'User pool us-east-1_Other does not exist.',
    });
  });
});

describe('a user whom an administrator created', () => {
  const TemporaryPassword = 'Temporary-Horse-9-Battery';
  const invited = async (pool = {}) => {
    const app = await CognitoApp.create({ pool: { ...BY_EMAIL, ...pool } });
    const { User } = await app.asAdmin<AdminCreateUserCommandOutput>('AdminCreateUser', {
      Username: EMAIL,
      TemporaryPassword,
      MessageAction: 'SUPPRESS',
    });
    return { app, user: User };
  };

  test('signs in for the first time', async () => {
    const { app, user } = await invited();

    await expect(app.signIn(EMAIL, 'wrong')).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    const { ChallengeName, ChallengeParameters, Session } = await app.initiateAuth(EMAIL, TemporaryPassword);
    expect({ ChallengeName, ChallengeParameters }).toEqual({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: {
        USER_ID_FOR_SRP: user?.Username,
        requiredAttributes: '[]',
        userAttributes: JSON.stringify({ email: EMAIL }),
      },
    });

    const choose = (password: string, session = Session) =>
      app.respond('NEW_PASSWORD_REQUIRED', session, { USERNAME: EMAIL, NEW_PASSWORD: password });
    await expect(choose('a')).rejects.toMatchObject({ code: 'InvalidPasswordException' });
    const invalid = { code: 'NotAuthorizedException', message: 'Invalid session for the user.' };
    await expect(choose(NEW_PASSWORD, 'x'.repeat(128))).rejects.toMatchObject(invalid);
    expect(await choose(NEW_PASSWORD)).toMatchObject({ AuthenticationResult: { TokenType: 'Bearer' } });

    await expect(choose('Third-Horse-9-Battery')).rejects.toMatchObject(invalid);
    expect(await app.user(EMAIL)).toMatchObject({ UserStatus: 'CONFIRMED' });
    expect(await app.signIn(EMAIL, NEW_PASSWORD)).toHaveProperty('IdToken');
  });

  test('gives the attributes that the pool requires', async () => {
    const { app } = await invited({ Schema: [{ Name: 'given_name', Required: true }] });
    const { ChallengeParameters, Session } = await app.initiateAuth(EMAIL, TemporaryPassword);
    const choose = (attributes: Record<string, string>) =>
      app.respond('NEW_PASSWORD_REQUIRED', Session, {
        USERNAME: EMAIL,
        NEW_PASSWORD,
        ...attributes,
      });

    expect(ChallengeParameters?.requiredAttributes).toBe('["userAttributes.given_name"]');
    await expect(choose({})).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await choose({ 'userAttributes.given_name': 'Ada' });

    expect((await app.user(EMAIL)).attributes).toMatchObject({ given_name: 'Ada' });
  });

  test.each([
    [
      'email_verified',
      'true',
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ],
    ['email', 'grace@example.com', 'AliasExistsException', 'An account with the email already exists.'],
    ['given_name', 'Grace', 'NotAuthorizedException', 'Cannot modify an already provided given_name'],
    ['custom:plan', 'gold', 'InvalidParameterException', expect.stringContaining('custom:plan')],
  ])('cannot set %s to %s', async (name, value, code, message) => {
    const app = await CognitoApp.create({
      pool: {
        ...BY_EMAIL,
        Schema: [
          { Name: 'given_name', Required: true, Mutable: true },
          { Name: 'plan', AttributeDataType: 'String', Mutable: false },
        ],
      },
    });
    await app.confirmedUser('grace@example.com', { given_name: 'Grace' });
    const UserAttributes = listOf({ given_name: 'Ada', email: EMAIL, email_verified: 'true' });
    await app.asAdmin('AdminCreateUser', {
      Username: EMAIL,
      UserAttributes,
      TemporaryPassword,
      MessageAction: 'SUPPRESS',
    });
    const { Session } = await app.initiateAuth(EMAIL, TemporaryPassword);
    const answer = { USERNAME: EMAIL, NEW_PASSWORD, [`userAttributes.${name}`]: value };

    await expect(app.respond('NEW_PASSWORD_REQUIRED', Session, answer)).rejects.toMatchObject({
      code,
      message,
    });
    expect(await app.user(EMAIL)).toMatchObject({
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      attributes: { given_name: 'Ada', email: EMAIL },
    });
  });

  test('has to verify an address that is new', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });
    const UserAttributes = listOf({ email: EMAIL, email_verified: 'true' });
    await app.asAdmin('AdminCreateUser', {
      Username: EMAIL,
      UserAttributes,
      TemporaryPassword,
      MessageAction: 'SUPPRESS',
    });
    const { Session } = await app.initiateAuth(EMAIL, TemporaryPassword);

    const answer = { USERNAME: EMAIL, NEW_PASSWORD, 'userAttributes.email': 'countess@example.com' };
    await app.respond('NEW_PASSWORD_REQUIRED', Session, answer);

    expect((await app.user('countess@example.com')).attributes).toMatchObject({ email_verified: 'false' });
  });

  test('has some days, and some minutes for the challenge', async () => {
    const { app } = await invited({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 2 } } });
    const { Session } = await app.initiateAuth(EMAIL, TemporaryPassword);

    app.pass({ minutes: 3 });
    await expect(
      app.respond('NEW_PASSWORD_REQUIRED', Session, { USERNAME: EMAIL, NEW_PASSWORD }),
    ).rejects.toMatchObject({ message: 'Invalid session for the user, session is expired.' });
    app.pass({ days: 2 });

    await expect(app.signIn(EMAIL, TemporaryPassword)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Temporary password has expired and must be reset by an administrator.',
    });
    await app.asAdmin('AdminCreateUser', {
      Username: EMAIL,
      MessageAction: 'RESEND',
      DesiredDeliveryMediums: ['EMAIL'],
    });
    expect(await app.initiateAuth(EMAIL, app.codeFor(EMAIL))).toHaveProperty('Session');
  });

  test('is not disturbed by another user with that session', async () => {
    const { app } = await invited();
    await app.confirmedUser('grace@example.com');
    const { Session } = await app.initiateAuth(EMAIL, TemporaryPassword);

    await expect(
      app.respond('NEW_PASSWORD_REQUIRED', Session, { USERNAME: 'grace@example.com', NEW_PASSWORD }),
    ).rejects.toMatchObject({ message: 'Invalid session for the user.' });
    expect(await app.signIn('grace@example.com')).toHaveProperty('IdToken');
  });

  test('fires no post confirmation, and gets tokens of their own source', async () => {
    const app = await CognitoApp.create({
      pool: BY_EMAIL,
      triggers: { PostConfirmation: () => undefined, PreTokenGeneration: () => undefined },
    });
    await app.asAdmin('AdminCreateUser', { Username: EMAIL, TemporaryPassword, MessageAction: 'SUPPRESS' });
    const { Session } = await app.initiateAuth(EMAIL, TemporaryPassword);

    await app.respond('NEW_PASSWORD_REQUIRED', Session, { USERNAME: EMAIL, NEW_PASSWORD });

    expect(app.sources).toEqual(['TokenGeneration_NewPasswordChallenge']);
  });

  test('is invited with a password that follows the policy', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });

    await app.asAdmin('AdminCreateUser', { Username: EMAIL, DesiredDeliveryMediums: ['EMAIL'] });

    const { code, text, subject } = app.messageTo(EMAIL);
    const { Username } = await app.user(EMAIL);
    expect(text).toBe(`Your username is ${Username} and temporary password is ${code}.`);
    expect(subject).toBe('Your temporary password');
    expect(await app.initiateAuth(EMAIL, code)).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  });
});

describe('a refresh', () => {
  const refresh = (app: CognitoApp, REFRESH_TOKEN = '', ClientId = app.clientId) =>
    app.asUser<{ AuthenticationResult: { AccessToken: string } }>('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN },
    });

  test('gives new tokens of the same sign-in', async () => {
    const { app } = await appOfAda();
    const { RefreshToken, AccessToken = '' } = await app.signIn(EMAIL);
    app.pass({ hours: 2 });
    await expect(app.call('GetUser', { AccessToken })).rejects.toMatchObject({
      message: 'Access Token has expired',
    });

    const { AuthenticationResult } = await refresh(app, RefreshToken);
    const other = await app.asUser('GetTokensFromRefreshToken', { RefreshToken });

    expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
    expect(other).toMatchObject({ AuthenticationResult: { ExpiresIn: 3600, TokenType: 'Bearer' } });
    const [first, second] = [AccessToken, AuthenticationResult.AccessToken].map((token) =>
      claimsOf<{ origin_jti: string; auth_time: number; iat: number; jti: string }>(token),
    );
    expect(second).toMatchObject({ origin_jti: first?.origin_jti, auth_time: first?.auth_time });
    expect(second?.iat).toBe((first?.iat ?? 0) + 7200);
    expect(second?.jti).not.toBe(first?.jti);
    expect(await app.call('GetUser', { AccessToken: AuthenticationResult.AccessToken })).toHaveProperty(
      'Username',
    );
  });

  test.each<
    [string, (app: CognitoApp, tokens: { RefreshToken?: string; AccessToken?: string }) => Promise<unknown>]
  >([
    ['RevokeToken', (app, { RefreshToken: Token }) => app.asUser('RevokeToken', { Token })],
    ['GlobalSignOut', (app, { AccessToken }) => app.call('GlobalSignOut', { AccessToken })],
    ['AdminUserGlobalSignOut', (app) => app.asAdmin('AdminUserGlobalSignOut', { Username: EMAIL })],
  ])('ends with %s, and so do the other tokens', async (_, end) => {
    const { app } = await appOfAda();
    const tokens = await app.signIn(EMAIL);

    await end(app, tokens);

    await expect(refresh(app, tokens.RefreshToken)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Refresh Token has been revoked',
    });
    await expect(app.call('GetUser', { AccessToken: tokens.AccessToken })).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
    expect(await app.signIn(EMAIL)).toHaveProperty('IdToken');
  });

  test('RevokeToken ends one sign-in, GlobalSignOut all of them', async () => {
    const { app } = await appOfAda();
    const [one, other] = [await app.signIn(EMAIL), await app.signIn(EMAIL)];

    await app.asUser('RevokeToken', { Token: one.RefreshToken });
    expect(await refresh(app, other.RefreshToken)).toHaveProperty('AuthenticationResult');
    await app.call('GlobalSignOut', { AccessToken: other.AccessToken });

    await expect(refresh(app, other.RefreshToken)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });

  test('needs a token of this app client that is not too old', async () => {
    const { app } = await appOfAda({ client: { RefreshTokenValidity: 2 } });
    const { RefreshToken, AccessToken } = await app.signIn(EMAIL);
    const invalid = { code: 'NotAuthorizedException', message: 'Invalid Refresh Token' };

    await expect(refresh(app, 'invented')).rejects.toMatchObject(invalid);
    await expect(refresh(app, AccessToken)).rejects.toMatchObject(invalid);
    await expect(refresh(app, RefreshToken, await app.addClient())).rejects.toMatchObject(invalid);
    await expect(app.asUser('RevokeToken', { Token: AccessToken })).rejects.toMatchObject({
      code: 'UnsupportedTokenTypeException',
    });
    app.pass({ days: 2 });
    await expect(refresh(app, RefreshToken)).rejects.toMatchObject({ message: 'Refresh Token has expired' });
  });
});

test('a user who is not confirmed is told so, after the right password', async () => {
  const app = await CognitoApp.create({ pool: BY_EMAIL });
  await app.signUp(EMAIL);

  await expect(app.signIn(EMAIL, 'wrong')).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  await expect(app.signIn(EMAIL)).rejects.toMatchObject({
    code: 'UserNotConfirmedException',
    message: 'User is not confirmed.',
  });
});

test("an administrator's reset needs the code that was sent", async () => {
  const { app } = await appOfAda();

  await app.asAdmin('AdminResetUserPassword', { Username: EMAIL });
  await expect(app.signIn(EMAIL)).rejects.toMatchObject({
    code: 'PasswordResetRequiredException',
    message: 'Password reset required for the user',
  });
  const ConfirmationCode = app.codeFor(EMAIL);
  await app.asUser('ConfirmForgotPassword', { Username: EMAIL, ConfirmationCode, Password: NEW_PASSWORD });

  expect(await app.signIn(EMAIL, NEW_PASSWORD)).toHaveProperty('IdToken');
});

describe('a second factor', () => {
  const PHONE = '+15550100001';

  test('by SMS', async () => {
    const app = await CognitoApp.create({ pool: { ...BY_EMAIL, MfaConfiguration: 'ON' } });
    await app.confirmedUser(EMAIL, { phone_number: PHONE });

    const { ChallengeName, ChallengeParameters, Session } = await app.initiateAuth(EMAIL);
    expect({ ChallengeName, ChallengeParameters }).toMatchObject({
      ChallengeName: 'SMS_MFA',
      ChallengeParameters: { CODE_DELIVERY_DESTINATION: '+*******0001' },
    });
    expect(app.messageTo(PHONE)).toMatchObject({ medium: 'SMS', purpose: 'Authentication' });
    const answer = (SMS_MFA_CODE: string) =>
      app.respond('SMS_MFA', Session, { USERNAME: EMAIL, SMS_MFA_CODE });

    await expect(answer('wrong')).rejects.toMatchObject({ code: 'CodeMismatchException' });
    expect(await answer(app.codeFor(PHONE))).toHaveProperty('AuthenticationResult.IdToken');
  });

  test('by an authenticator app, or the one that the user selects', async () => {
    const app = await CognitoApp.create({ pool: { ...BY_EMAIL, MfaConfiguration: 'OPTIONAL' } });
    await app.confirmedUser(EMAIL, { phone_number: PHONE });
    const { AccessToken } = await app.signIn(EMAIL);
    const { SecretCode } = await app.call<{ SecretCode: string }>('AssociateSoftwareToken', { AccessToken });
    await app.call('VerifySoftwareToken', { AccessToken, UserCode: generate(SecretCode) });
    await app.call('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: true } });

    const select = await app.initiateAuth(EMAIL);
    expect(select.ChallengeName).toBe('SELECT_MFA_TYPE');
    const { ChallengeName, Session } = await app.respond('SELECT_MFA_TYPE', select.Session, {
      USERNAME: EMAIL,
      ANSWER: 'SOFTWARE_TOKEN_MFA',
    });
    expect(ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const answer = (code: string) =>
      app.respond('SOFTWARE_TOKEN_MFA', Session, { USERNAME: EMAIL, SOFTWARE_TOKEN_MFA_CODE: code });

    await expect(answer('000')).rejects.toMatchObject({ code: 'CodeMismatchException' });
    expect(await answer(generate(SecretCode))).toHaveProperty('AuthenticationResult.IdToken');
  });

  test('is not set by somebody without a valid token', async () => {
    const { app } = await appOfAda();
    const { AccessToken } = await app.signIn(EMAIL);
    await app.call('GlobalSignOut', { AccessToken });

    await expect(app.call('AssociateSoftwareToken', { AccessToken })).rejects.toMatchObject({
      message: 'Access Token has been revoked',
    });
  });
});

describe('custom challenges', () => {
  const triggers = (issue: (session: { challengeResult: boolean }[]) => object) => ({
    DefineAuthChallenge: ({ request }: { request: Record<string, unknown> }) =>
      issue(request.session as { challengeResult: boolean }[]) as Record<string, unknown>,
    CreateAuthChallenge: () => ({
      publicChallengeParameters: { question: '6 × 7' },
      privateChallengeParameters: { answer: '42' },
      challengeMetadata: 'MULTIPLY',
    }),
    VerifyAuthChallengeResponse: ({ request }: { request: Record<string, unknown> }) => ({
      answerCorrect:
        request.challengeAnswer === (request.privateChallengeParameters as { answer: string }).answer,
    }),
  });
  const ask = { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false, failAuthentication: false };
  const begin = (app: CognitoApp) =>
    app.initiateAuth(EMAIL, '', { AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME: EMAIL } });
  const client = { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH' as const] };

  test('are asked by the functions of the app until it is content', async () => {
    const { app } = await appOfAda({
      client,
      triggers: triggers((session) =>
        session.at(-1)?.challengeResult ? { issueTokens: true, failAuthentication: false } : ask,
      ),
    });

    const first = await begin(app);
    expect(first).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { question: '6 × 7' },
    });
    expect(JSON.stringify(first.ChallengeParameters)).not.toContain('"42"');
    const second = await app.respond('CUSTOM_CHALLENGE', first.Session, { USERNAME: EMAIL, ANSWER: '41' });
    const third = await app.respond('CUSTOM_CHALLENGE', second.Session, { USERNAME: EMAIL, ANSWER: '42' });

    expect(third).toHaveProperty('AuthenticationResult.IdToken');
    expect(app.event('DefineAuthChallenge_Authentication').request.session).toEqual([
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: false, challengeMetadata: 'MULTIPLY' },
      { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'MULTIPLY' },
    ]);
  });

  test('can fail', async () => {
    const { app } = await appOfAda({
      client,
      triggers: triggers((session) => (session.length > 0 ? { failAuthentication: true } : ask)),
    });
    const { Session } = await begin(app);

    await expect(
      app.respond('CUSTOM_CHALLENGE', Session, { USERNAME: EMAIL, ANSWER: '41' }),
    ).rejects.toMatchObject({ code: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  });

  test('need their triggers', async () => {
    const { app } = await appOfAda({ client });

    await expect(begin(app)).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});

describe('an app client with a secret', () => {
  test('proves with each call that it knows the secret', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, client: { GenerateSecret: true } });
    const { UserPoolClient } = await app.asAdmin<{ UserPoolClient: { ClientSecret: string } }>(
      'DescribeUserPoolClient',
      { ClientId: app.clientId },
    );
    const hashFor = (username: string) =>
      createHmac('sha256', UserPoolClient.ClientSecret)
        .update(username + app.clientId)
        .digest('base64');

    await expect(app.signUp(EMAIL)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: `Client ${app.clientId} is configured with secret but SECRET_HASH was not received`,
    });
    await expect(app.signUp(EMAIL, {}, { SecretHash: hashFor('grace') })).rejects.toMatchObject({
      message: `Unable to verify secret hash for client ${app.clientId}`,
    });
    const SecretHash = hashFor(EMAIL);
    await app.signUp(EMAIL, {}, { SecretHash });
    await app.confirm(EMAIL, EMAIL, { SecretHash });
    const AuthParameters = { USERNAME: EMAIL, PASSWORD, SECRET_HASH: SecretHash };
    const { RefreshToken } = await app.signIn(EMAIL, PASSWORD, { AuthParameters });

    const Token = RefreshToken;
    await expect(app.asUser('RevokeToken', { Token })).rejects.toMatchObject({
      code: 'NotAuthorizedException',
    });
    await app.asUser('RevokeToken', { Token, ClientSecret: UserPoolClient.ClientSecret });
  });
});

test('the tokens have the claims of Cognito, as far as the app client may read', async () => {
  const { app, sub } = await appOfAda({ client: { ReadAttributes: ['email', 'email_verified'] } });
  await app.asAdmin('AdminUpdateUserAttributes', {
    Username: EMAIL,
    UserAttributes: listOf({ name: 'Ada' }),
  });

  const { IdToken = '', AccessToken = '', ...rest } = await app.signIn(EMAIL);

  const iss = `http://127.0.0.1:4566/${app.userPoolId}`;
  const id = claimsOf<Record<string, unknown>>(IdToken);
  expect(id).toMatchObject({
    sub,
    iss,
    aud: app.clientId,
    token_use: 'id',
    email: EMAIL,
    email_verified: true,
  });
  expect(id).not.toHaveProperty('name');
  expect(claimsOf(AccessToken)).toMatchObject({ sub, iss, client_id: app.clientId, username: sub });
  expect(rest).toEqual({ ExpiresIn: 3600, TokenType: 'Bearer', RefreshToken: expect.any(String) });
});
