import { BY_EMAIL, CognitoApp, listOf, PASSWORD } from '../../../support/cognito-app';

const BY_PHONE = {
  UsernameAttributes: ['phone_number' as const],
  AutoVerifiedAttributes: ['phone_number' as const],
};
const EMAIL_ALIAS = { AliasAttributes: ['email' as const], AutoVerifiedAttributes: ['email' as const] };
const PHONE = '+15550100001';

describe('a pool that verifies e-mail and phone', () => {
  const AutoVerifiedAttributes = ['email' as const, 'phone_number' as const];

  test('sends the code to the phone, and verifies only the phone', async () => {
    const app = await CognitoApp.create({ pool: { ...BY_EMAIL, AutoVerifiedAttributes } });

    const { CodeDeliveryDetails } = await app.signUp('ada@example.com', { phone_number: PHONE });
    await app.confirm('ada@example.com', PHONE);

    expect(CodeDeliveryDetails).toEqual({
      AttributeName: 'phone_number',
      DeliveryMedium: 'SMS',
      Destination: '+*******0001',
    });
    expect(app.cognito.messages.list()).toMatchObject([{ to: PHONE, medium: 'SMS', purpose: 'SignUp' }]);
    expect((await app.user('ada@example.com')).attributes).toMatchObject({
      phone_number_verified: 'true',
      email_verified: 'false',
    });
  });

  test('sends it by e-mail to those without a phone', async () => {
    const app = await CognitoApp.create({ pool: { ...BY_EMAIL, AutoVerifiedAttributes } });

    await app.signUp('ada@example.com');
    await app.confirm('ada@example.com');

    expect((await app.user('ada@example.com')).attributes).toMatchObject({ email_verified: 'true' });
  });
});

test('a phone number is enough to sign up, to sign in, and for a new password', async () => {
  const app = await CognitoApp.create({ pool: BY_PHONE });

  const { UserSub } = await app.signUp(PHONE);
  await app.confirm(PHONE);

  expect(await app.user(PHONE)).toMatchObject({
    Username: UserSub,
    UserStatus: 'CONFIRMED',
    attributes: { phone_number: PHONE, phone_number_verified: 'true' },
  });
  expect(UserSub).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(await app.signIn(PHONE)).toHaveProperty('IdToken');

  await app.asUser('ForgotPassword', { Username: PHONE });
  expect(app.messageTo(PHONE)).toMatchObject({ medium: 'SMS', purpose: 'ForgotPassword' });
  const Password = 'Another-Horse-8-Battery';
  await app.asUser('ConfirmForgotPassword', {
    Username: PHONE,
    ConfirmationCode: app.codeFor(PHONE),
    Password,
  });
  expect(await app.signIn(PHONE, Password)).toHaveProperty('IdToken');
});

describe('two people with one e-mail address as alias', () => {
  const twoPeople = async () => {
    const app = await CognitoApp.create({ pool: EMAIL_ALIAS });
    await app.signUp('ada', { email: 'us@example.com' });
    await app.confirm('ada', 'us@example.com');
    await app.signUp('grace', { email: 'us@example.com' });
    return app;
  };

  test('the second one is not confirmed', async () => {
    const app = await twoPeople();

    await expect(app.confirm('grace', 'us@example.com')).rejects.toMatchObject({
      code: 'AliasExistsException',
      message: 'An account with the email already exists.',
    });
    expect(await app.user('grace')).toMatchObject({ UserStatus: 'UNCONFIRMED' });
    expect(await app.user('us@example.com')).toMatchObject({ Username: 'ada' });
    expect(await app.signIn('us@example.com')).toHaveProperty('IdToken');
  });

  test('the second one can take it over', async () => {
    const app = await twoPeople();

    await app.confirm('grace', 'us@example.com', { ForceAliasCreation: true });

    expect(await app.user('us@example.com')).toMatchObject({ Username: 'grace' });
    expect((await app.user('ada')).attributes).toMatchObject({ email_verified: 'false' });
  });

  test('an administrator has to say that the second one takes it over', async () => {
    const app = await twoPeople();
    const UserAttributes = listOf({ email: 'us@example.com', email_verified: 'true' });
    const create = (input: object) =>
      app.asAdmin('AdminCreateUser', {
        Username: 'mary',
        UserAttributes,
        MessageAction: 'SUPPRESS',
        ...input,
      });

    await expect(create({})).rejects.toMatchObject({ code: 'AliasExistsException' });
    await expect(app.user('mary')).rejects.toMatchObject({ code: 'UserNotFoundException' });
    await create({ ForceAliasCreation: true });

    expect(await app.user('us@example.com')).toMatchObject({ Username: 'mary' });
  });

  test('an address that is not verified signs nobody in', async () => {
    const app = await CognitoApp.create({ pool: EMAIL_ALIAS });
    await app.signUp('ada', { email: 'ada@example.com' });

    await expect(app.signIn('ada@example.com')).rejects.toMatchObject({ code: 'UserNotFoundException' });
  });

  test('no username looks like an address', async () => {
    const app = await CognitoApp.create({ pool: EMAIL_ALIAS });

    await expect(app.signUp('ada@example.com')).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'Username cannot be of email format, since user pool is configured for email alias.',
    });
  });
});

test('a pool that ignores case keeps names in lower case, and its trigger gets them so', async () => {
  const app = await CognitoApp.create({
    pool: { UsernameConfiguration: { CaseSensitive: false }, AutoVerifiedAttributes: ['email'] },
    triggers: { PostConfirmation: () => undefined },
  });

  await app.signUp('BoB', { email: 'bob@example.com' });
  await app.confirm('bOb', 'bob@example.com');

  expect(await app.user('BOB')).toMatchObject({ Username: 'bob' });
  expect(app.event('PostConfirmation_ConfirmSignUp').userName).toBe('bob');
  await expect(app.signUp('bob')).rejects.toMatchObject({ code: 'UsernameExistsException' });
});

test('a pool that does not ignore case knows two people', async () => {
  const app = await CognitoApp.create();

  await app.signUp('BoB');
  await app.signUp('bob');

  expect(await app.user('BoB')).toMatchObject({ Username: 'BoB' });
});

test.each(['a b', ' ab', 'a\tb', '\u200b', 'a\u0000b'])(
  'the username %j is outside the pattern',
  async (name) => {
    const app = await CognitoApp.create();
    const refused = {
      code: 'InvalidParameterException',
      message:
        "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy " +
        'regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
    };

    await expect(app.signUp(name)).rejects.toMatchObject(refused);
    await expect(app.asAdmin('AdminCreateUser', { Username: name })).rejects.toMatchObject(refused);
  },
);

test.each(['ada', 'Åsa', '李', '€$', 'a.b-c_d', '__proto__'])('the username %s is fine', async (name) => {
  const app = await CognitoApp.create();

  await app.signUp(name);

  expect(await app.user(name)).toMatchObject({ Username: name });
});

test.each([
  [BY_EMAIL, PHONE, 'Username should be an email.'],
  [BY_PHONE, 'ada@example.com', 'Username should be a phone number.'],
  [BY_PHONE, '5550100001', 'Username should be a phone number.'],
  [
    { UsernameAttributes: ['email' as const, 'phone_number' as const] },
    'ada',
    'Username should be either an email or a phone number.',
  ],
])('a pool with %j does not take the username %s', async (pool, name, message) => {
  const app = await CognitoApp.create({ pool });

  await expect(app.signUp(name)).rejects.toMatchObject({ code: 'InvalidParameterException', message });
});

test('an e-mail address or phone number belongs to one user where people sign in by it', async () => {
  const app = await CognitoApp.create({ pool: { UsernameAttributes: ['email', 'phone_number'] } });
  await app.signUp('ada@example.com', { phone_number: PHONE });

  await expect(app.signUp('ada@example.com')).rejects.toMatchObject({
    code: 'UsernameExistsException',
    message: 'An account with the given email already exists.',
  });
  await expect(app.signUp('grace@example.com', { phone_number: PHONE })).rejects.toMatchObject({
    code: 'UsernameExistsException',
    message: 'An account with the given phone_number already exists.',
  });
});

test.each([
  [{ email: 'ada' }, 'Invalid email address format.'],
  [{ phone_number: '555' }, 'Invalid phone number format.'],
])('the address %j is refused', async (attributes, message) => {
  const app = await CognitoApp.create();

  await expect(app.signUp('ada', attributes)).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message,
  });
});

test('an attribute that the pool requires has to be there', async () => {
  const app = await CognitoApp.create({ pool: { Schema: [{ Name: 'given_name', Required: true }] } });

  await expect(app.signUp('ada')).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: 'Attributes did not conform to the schema: given_name: The attribute is required\n',
  });
  await app.signUp('ada', { given_name: 'Ada' });
});

describe('ResendConfirmationCode', () => {
  test('sends a new code, and the old one is no longer good', async () => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });
    await app.signUp('ada@example.com');
    const old = app.codeFor('ada@example.com');

    // One time in a million, a new code is the old one.
    do await app.asUser('ResendConfirmationCode', { Username: 'ada@example.com' });
    while (app.codeFor('ada@example.com') === old);

    expect(app.messageTo('ada@example.com').purpose).toBe('ResendCode');
    const withOld = app.asUser('ConfirmSignUp', { Username: 'ada@example.com', ConfirmationCode: old });
    await expect(withOld).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await app.confirm('ada@example.com');
    await expect(app.asUser('ResendConfirmationCode', { Username: 'ada@example.com' })).rejects.toMatchObject(
      {
        code: 'InvalidParameterException',
        message: 'User is already confirmed.',
      },
    );
  });

  test('says if there is nothing to verify', async () => {
    const app = await CognitoApp.create();
    await app.signUp('ada');

    await expect(app.asUser('ResendConfirmationCode', { Username: 'ada' })).rejects.toMatchObject({
      message: 'Cannot resend codes. Auto verification not turned on.',
    });
  });
});

test('a code is good for a day', async () => {
  const app = await CognitoApp.create({ pool: BY_EMAIL });
  await app.signUp('ada@example.com');
  await app.signUp('grace@example.com');

  app.pass({ hours: 23, minutes: 59 });
  await app.confirm('ada@example.com');
  app.pass({ minutes: 1 });

  await expect(app.confirm('grace@example.com')).rejects.toMatchObject({
    code: 'ExpiredCodeException',
    message: 'Invalid code provided, please request a code again.',
  });
});

describe('whether a user exists', () => {
  const calls: [string, object][] = [
    ['ForgotPassword', {}],
    ['ResendConfirmationCode', {}],
    ['ConfirmSignUp', { ConfirmationCode: '123456' }],
    ['ConfirmForgotPassword', { ConfirmationCode: '123456', Password: PASSWORD }],
  ];

  test.each(calls)('%s tells it by default', async (action, input) => {
    const app = await CognitoApp.create({ pool: BY_EMAIL });

    await expect(app.asUser(action, { Username: 'x@example.com', ...input })).rejects.toMatchObject({
      code: 'UserNotFoundException',
    });
  });

  test.each(calls)('%s does not tell it if the app client says so', async (action, input) => {
    const app = await CognitoApp.create({
      pool: BY_EMAIL,
      client: { PreventUserExistenceErrors: 'ENABLED' },
    });

    const answer = await app
      .asUser(action, { Username: 'x@example.com', ...input })
      .catch(({ code }) => code);

    const CodeDeliveryDetails = { DeliveryMedium: 'EMAIL', Destination: 'x***@e***', AttributeName: 'email' };
    expect(answer).toEqual(action.startsWith('Confirm') ? 'CodeMismatchException' : { CodeDeliveryDetails });
    expect(app.cognito.messages.list()).toEqual([]);
  });
});
