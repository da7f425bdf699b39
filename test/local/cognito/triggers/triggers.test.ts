import { claimsOf } from '../../../../local/aws/token-claims';
import { Cognito } from '../../../../local/cognito/cognito';
import { BY_EMAIL, CognitoApp, listOf, PASSWORD } from '../../../support/cognito-app';

const EMAIL = 'ada@example.com';
const nothing = () => undefined;

describe('PreSignUp', () => {
  test('gets what a person typed, before there is a user', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers: { PreSignUp: nothing } });

    const { UserSub } = await app.signUp(
      EMAIL,
      { name: 'Ada' },
      { ValidationData: listOf({ invitation: '42' }), ClientMetadata: { from: 'web' } },
    );

    expect(app.events).toEqual([
      {
        version: '1',
        region: 'us-east-1',
        userPoolId: app.userPoolId,
        userName: UserSub,
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.clientId },
        triggerSource: 'PreSignUp_SignUp',
        request: {
          userAttributes: { email: EMAIL, name: 'Ada' },
          validationData: { invitation: '42' },
          clientMetadata: { from: 'web' },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
  });

  test('confirms and verifies, without a code, and post confirmation follows', async () => {
    const app = await CognitoApp.create({
      pool: BY_EMAIL,
      triggers: {
        PreSignUp: () => ({ autoConfirmUser: true, autoVerifyEmail: true }),
        PostConfirmation: nothing,
      },
    });

    const output = await app.signUp(EMAIL, {}, { ClientMetadata: { from: 'web' } });

    expect(output).toEqual({ UserConfirmed: true, UserSub: expect.any(String) });
    expect(await app.user(EMAIL)).toMatchObject({
      UserStatus: 'CONFIRMED',
      attributes: { email_verified: 'true' },
    });
    expect(app.cognito.messages.list()).toEqual([]);
    expect(app.event('PostConfirmation_ConfirmSignUp')).toMatchObject({
      userName: output.UserSub,
      callerContext: { clientId: app.clientId },
      request: {
        userAttributes: {
          sub: output.UserSub,
          email: EMAIL,
          email_verified: 'true',
          'cognito:user_status': 'CONFIRMED',
        },
        clientMetadata: { from: 'web' },
      },
    });
    expect(await app.signIn(EMAIL)).toHaveProperty('IdToken');
  });

  test('verifies without confirming: the code still confirms', async () => {
    const app = await CognitoApp.create({
      pool: BY_EMAIL,
      triggers: { PreSignUp: () => ({ autoVerifyEmail: true }) },
    });

    await app.signUp(EMAIL);
    expect(await app.user(EMAIL)).toMatchObject({
      UserStatus: 'UNCONFIRMED',
      attributes: { email_verified: 'true' },
    });

    await app.confirm(EMAIL);
  });

  test.each([{ autoVerifyEmail: true }, { autoConfirmUser: true, autoVerifyPhone: true }])(
    'cannot verify what is not there: %j',
    async (response) => {
      const app = await CognitoApp.create({ triggers: { PreSignUp: () => response } });

      await expect(app.signUp('ada')).rejects.toMatchObject({ code: 'InvalidLambdaResponseException' });
      await expect(app.user('ada')).rejects.toMatchObject({ code: 'UserNotFoundException' });
    },
  );

  test('refuses a person, with its own words', async () => {
    const app = await CognitoApp.create({
      triggers: {
        PreSignUp: () => {
          throw new Error('By invitation only');
        },
      },
    });

    await expect(app.signUp('ada')).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error By invitation only.',
    });
    await expect(app.user('ada')).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });

  test('sees what administrators create, but confirms nobody there', async () => {
    const app = await CognitoApp.create({
      triggers: { PreSignUp: () => ({ autoConfirmUser: true, autoVerifyEmail: true }) },
    });
    const UserAttributes = listOf({ email: EMAIL });

    await app.asAdmin('AdminCreateUser', { Username: 'ada', UserAttributes, MessageAction: 'SUPPRESS' });

    expect(app.event('PreSignUp_AdminCreateUser').callerContext.clientId).toBe('CLIENT_ID_NOT_APPLICABLE');
    expect(await app.user('ada')).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD' });
    expect((await app.user('ada')).attributes).not.toHaveProperty('email_verified');
  });

  test('takes over an alias that it verifies', async () => {
    const app = await CognitoApp.create({
      pool: { AliasAttributes: ['email'] },
      triggers: { PreSignUp: () => ({ autoConfirmUser: true, autoVerifyEmail: true }) },
    });
    await app.signUp('ada', { email: 'us@example.com' });

    await app.signUp('grace', { email: 'us@example.com' });

    expect(await app.user('us@example.com')).toMatchObject({ Username: 'grace' });
    expect((await app.user('ada')).attributes).toMatchObject({ email_verified: 'false' });
  });
});

describe('PostConfirmation', () => {
  test.each<[string, (app: CognitoApp) => Promise<unknown>]>([
    ['PostConfirmation_ConfirmSignUp', (app) => app.confirm(EMAIL)],
    ['PostConfirmation_ConfirmSignUp', (app) => app.asAdmin('AdminConfirmSignUp', { Username: EMAIL })],
  ])('%s comes once', async (source, confirm) => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers: { PostConfirmation: nothing } });
    await app.signUp(EMAIL);

    await confirm(app);

    expect(app.sources).toEqual([source]);
    await expect(confirm(app)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'User cannot be confirmed. Current status is CONFIRMED',
    });
    expect(app.sources).toEqual([source]);
  });

  test('of a new password has a source of its own', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers: { PostConfirmation: nothing } });
    await app.confirmedUser(EMAIL);

    await app.asUser('ForgotPassword', { Username: EMAIL });
    const ConfirmationCode = app.codeFor(EMAIL);
    await app.asUser('ConfirmForgotPassword', { Username: EMAIL, ConfirmationCode, Password: PASSWORD });

    expect(app.sources).toEqual(['PostConfirmation_ConfirmSignUp', 'PostConfirmation_ConfirmForgotPassword']);
  });

  test('that fails leaves the user confirmed', async () => {
    const app = await CognitoApp.create({
      pool: BY_EMAIL,
      triggers: {
        PostConfirmation: () => {
          throw new Error('not now');
        },
      },
    });
    await app.signUp(EMAIL);

    await expect(app.confirm(EMAIL)).rejects.toMatchObject({ code: 'UserLambdaValidationException' });
    expect(await app.user(EMAIL)).toMatchObject({ UserStatus: 'CONFIRMED' });
  });
});

describe('PreAuthentication and PostAuthentication', () => {
  const triggers = { PreAuthentication: nothing, PostAuthentication: nothing };

  test('see a sign-in, and what the app sent with it goes to the first one as validation data', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers });
    const sub = await app.confirmedUser(EMAIL);

    await app.signIn(EMAIL, PASSWORD, { ClientMetadata: { from: 'web' } });

    const userAttributes = { sub, email: EMAIL, email_verified: 'true', 'cognito:user_status': 'CONFIRMED' };
    expect(app.sources).toEqual(['PreAuthentication_Authentication', 'PostAuthentication_Authentication']);
    expect(app.events.map(({ request }) => request)).toEqual([
      { userAttributes, validationData: { from: 'web' } },
      { userAttributes, newDeviceUsed: false },
    ]);
  });

  test('a wrong password is not authenticated, and a refused sign-in does not look at it', async () => {
    const app = await CognitoApp.create({
      pool: BY_EMAIL,
      triggers: {
        ...triggers,
        PreAuthentication: ({ request }) => {
          if (request.validationData) throw new Error('blocked');
          return undefined;
        },
      },
    });
    await app.confirmedUser(EMAIL);

    await expect(app.signIn(EMAIL, 'wrong')).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    await expect(app.signIn(EMAIL, 'wrong', { ClientMetadata: { a: 'b' } })).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreAuthentication failed with error blocked.',
    });
    expect(app.sources).not.toContain('PostAuthentication_Authentication');
  });

  test('hear of unknown users only where the app client hides them', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers });
    const hiding = await app.addClient({ PreventUserExistenceErrors: 'ENABLED' });

    await expect(app.signIn(EMAIL)).rejects.toMatchObject({ code: 'UserNotFoundException' });
    expect(app.events).toEqual([]);
    await expect(app.signIn(EMAIL, PASSWORD, { ClientId: hiding })).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    expect(app.event('PreAuthentication_Authentication').request).toMatchObject({ userNotFound: true });
  });
});

describe('PreTokenGeneration', () => {
  const Schema = [{ Name: 'plan' }];

  test('changes the ID token, but not what says who it is about', async () => {
    const app = await CognitoApp.create({
      pool: { ...BY_EMAIL, Schema },
      triggers: {
        PreTokenGeneration: () => ({
          claimsOverrideDetails: {
            claimsToAddOrOverride: { tier: 'gold', sub: 'somebody else', token_use: 'access' },
            claimsToSuppress: ['email', 'sub'],
            groupOverrideDetails: {
              groupsToOverride: ['editors'],
              preferredRole: 'arn:aws:iam::0:role/editor',
            },
          },
        }),
      },
    });
    const sub = await app.confirmedUser(EMAIL, { 'custom:plan': 'pro' });
    await app.asAdmin('CreateGroup', { GroupName: 'readers', RoleArn: 'arn:aws:iam::0:role/reader' });
    await app.asAdmin('AdminAddUserToGroup', { GroupName: 'readers', Username: EMAIL });

    const { IdToken = '', AccessToken = '' } = await app.signIn(EMAIL);

    expect(app.event('TokenGeneration_Authentication').request).toMatchObject({
      groupConfiguration: {
        groupsToOverride: ['readers'],
        iamRolesToOverride: ['arn:aws:iam::0:role/reader'],
        preferredRole: 'arn:aws:iam::0:role/reader',
      },
    });
    const claims = claimsOf<Record<string, unknown>>(IdToken);
    expect(claims).toMatchObject({
      sub,
      token_use: 'id',
      tier: 'gold',
      'custom:plan': 'pro',
      'cognito:groups': ['editors'],
      'cognito:roles': ['arn:aws:iam::0:role/reader'],
      'cognito:preferred_role': 'arn:aws:iam::0:role/editor',
    });
    expect(claims).not.toHaveProperty('email');
    const access = claimsOf<Record<string, unknown>>(AccessToken);
    expect(access).toMatchObject({ sub, token_use: 'access', 'cognito:groups': ['editors'] });
    expect(access).not.toHaveProperty('tier');
  });

  test('changes the access token and its scopes in version 2', async () => {
    const app = await CognitoApp.create({
      pool: BY_EMAIL,
      tokenEventVersion: 'V2_0',
      triggers: {
        PreTokenGeneration: () => ({
          claimsAndScopeOverrideDetails: {
            idTokenGeneration: { claimsToAddOrOverride: { roles: ['a', { b: 1 }] } },
            accessTokenGeneration: {
              claimsToAddOrOverride: { tier: 'gold', client_id: 'another' },
              scopesToAdd: ['orders/read'],
              scopesToSuppress: ['aws.cognito.signin.user.admin'],
            },
          },
        }),
      },
    });
    await app.confirmedUser(EMAIL);

    const { IdToken = '', AccessToken = '' } = await app.signIn(EMAIL);

    expect(app.events[0]).toMatchObject({
      version: '2',
      request: { scopes: ['aws.cognito.signin.user.admin'] },
      response: { claimsAndScopeOverrideDetails: null },
    });
    expect(claimsOf(IdToken)).toMatchObject({ roles: ['a', { b: 1 }] });
    expect(claimsOf(AccessToken)).toMatchObject({
      tier: 'gold',
      client_id: app.clientId,
      scope: 'orders/read',
      version: 2,
    });
    await expect(app.call('GetUser', { AccessToken })).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Access Token does not have required scopes',
    });
  });

  test('is asked again for a refresh', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers: { PreTokenGeneration: nothing } });
    await app.confirmedUser(EMAIL);
    const { RefreshToken: REFRESH_TOKEN } = await app.signIn(EMAIL);

    await app.asUser('InitiateAuth', {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN },
      ClientMetadata: { from: 'web' },
    });

    expect(app.sources).toEqual(['TokenGeneration_Authentication', 'TokenGeneration_RefreshTokens']);
    expect(app.event('TokenGeneration_RefreshTokens').request).toMatchObject({
      clientMetadata: { from: 'web' },
    });
  });
});

describe('CustomMessage', () => {
  test('writes the messages, with the code in its place', async () => {
    const app = await CognitoApp.create({
      pool: BY_EMAIL,
      triggers: {
        CustomMessage: ({ request: { codeParameter, userAttributes } }) => ({
          emailSubject: `Hello ${(userAttributes as Record<string, string>).name}`,
          emailMessage: `Use ${codeParameter}`,
        }),
      },
    });

    await app.signUp(EMAIL, { name: 'Ada' });

    expect(app.messageTo(EMAIL)).toMatchObject({
      subject: 'Hello Ada',
      text: `Use ${app.codeFor(EMAIL)}`,
      medium: 'EMAIL',
    });
  });

  test('has a source for each occasion', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL, triggers: { CustomMessage: nothing } });
    await app.signUp(EMAIL);
    await app.asUser('ResendConfirmationCode', { Username: EMAIL });
    await app.confirm(EMAIL);
    await app.asUser('ForgotPassword', { Username: EMAIL });
    const { AccessToken } = await app.signIn(EMAIL);
    await app.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
    const UserAttributes = listOf({ email: 'countess@example.com' });
    await app.call('UpdateUserAttributes', { AccessToken, UserAttributes });
    await app.asAdmin('AdminCreateUser', {
      Username: 'grace@example.com',
      DesiredDeliveryMediums: ['EMAIL'],
    });

    expect(app.sources).toEqual([
      'CustomMessage_SignUp',
      'CustomMessage_ResendCode',
      'CustomMessage_ForgotPassword',
      'CustomMessage_VerifyUserAttribute',
      'CustomMessage_UpdateUserAttribute',
      'CustomMessage_AdminCreateUser',
    ]);
    expect(app.event('CustomMessage_AdminCreateUser').request).toMatchObject({
      codeParameter: '{####}',
      usernameParameter: '{username}',
    });
  });
});

describe('UserMigration', () => {
  const migrating = (response: Record<string, unknown>) =>
    CognitoApp.create({
      pool: BY_EMAIL,
      triggers: { UserMigration: () => response, PostConfirmation: nothing },
    });

  test('brings a user of another directory, whom no post confirmation trigger sees', async () => {
    const app = await migrating({
      userAttributes: { email: EMAIL, email_verified: 'true', username: EMAIL },
      finalUserStatus: 'CONFIRMED',
    });

    expect(await app.signIn(EMAIL, PASSWORD, { ClientMetadata: { a: 'b' } })).toHaveProperty('IdToken');

    expect(app.sources).toEqual(['UserMigration_Authentication']);
    expect(app.event('UserMigration_Authentication')).toMatchObject({
      userName: EMAIL,
      request: { password: PASSWORD, validationData: { a: 'b' } },
    });
    expect(await app.user(EMAIL)).toMatchObject({
      UserStatus: 'CONFIRMED',
      attributes: { email: EMAIL, email_verified: 'true' },
    });
    expect(await app.signIn(EMAIL)).toHaveProperty('IdToken');
    expect(app.sources).toEqual(['UserMigration_Authentication']);
  });

  test('brings one who forgot the password', async () => {
    const app = await migrating({ userAttributes: { email: EMAIL, email_verified: 'true' } });

    await app.asUser('ForgotPassword', { Username: EMAIL });

    expect(await app.user(EMAIL)).toMatchObject({ UserStatus: 'RESET_REQUIRED' });
    expect(app.messageTo(EMAIL).purpose).toBe('ForgotPassword');
    await expect(app.signIn(EMAIL)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });

  test('does not know somebody', async () => {
    const app = await migrating({});

    await expect(app.signIn(EMAIL)).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });
});

test('what is not called is named, and does not fail', async () => {
  const cognito = await Cognito.start({
    invokeFunction: () => Promise.reject(new Error('must not be called')),
    isDeployed: (functionArn) => functionArn.endsWith(':function:here'),
    issuerDomain: 'http://127.0.0.1:4566',
  });
  const there = 'arn:aws:lambda:us-east-1:000000000000:function:there';
  const here = 'arn:aws:lambda:us-east-1:000000000000:function:here';

  await cognito.createUserPool('us-east-1_pool', {
    LambdaConfig: {
      PreSignUp: there,
      PostAuthentication: here,
      CustomEmailSender: { LambdaArn: here, LambdaVersion: 'V1_0' },
      KMSKeyID: 'arn:aws:kms:us-east-1:000000000000:key/codes',
      PreTokenGenerationConfig: { LambdaArn: there, LambdaVersion: 'V2_0' },
    },
  });
  await cognito.createUserPoolClient('client', 'secret', { UserPoolId: 'us-east-1_pool' });

  expect(cognito.notPlayed).toEqual([
    'not called: trigger PreSignUp of user pool us-east-1_pool',
    'not called: trigger CustomEmailSender of user pool us-east-1_pool',
    'not called: trigger PreTokenGenerationConfig of user pool us-east-1_pool',
  ]);
  const signUp = { ClientId: 'client', Username: 'ada', Password: PASSWORD };
  expect(await cognito.perform('SignUp', signUp)).toMatchObject({ UserConfirmed: false });
});
