import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { Amplify } from 'aws-amplify';
import {
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  confirmUserAttribute,
  deleteUser,
  fetchAuthSession,
  fetchUserAttributes,
  getCurrentUser,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  signUp,
  updatePassword,
  updateUserAttribute,
} from 'aws-amplify/auth';
import { eventually, TestCloud } from '../../support/test-cloud';

const PASSWORD = 'Correct-Horse-7-Battery';
const NEW_PASSWORD = 'Another-Horse-8-Battery';

let cloud: TestCloud;

/** What Amplify sends, by the action. */
const sent: string[] = [];

beforeAll(async () => {
  // A function that starts too slowly has its user parked, and retried soon.
  cloud = await TestCloud.start({ queueTimeScale: 0.01 });
  // It warns of every endpoint that is not on AWS.
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: cloud.output('UserPoolId'),
        userPoolClientId: cloud.output('UserPoolClientId'),
        userPoolEndpoint: cloud.endpoint,
      },
    },
  });
  warn.mockRestore();
});

beforeEach(() => {
  const send = globalThis.fetch;
  sent.length = 0;
  jest.spyOn(globalThis, 'fetch').mockImplementation((url, request) => {
    const { origin } = new URL(String(url));
    if (origin !== cloud.endpoint) throw new Error(`a call that leaves this machine: ${url}`);
    const target = new Headers(request?.headers).get('x-amz-target');
    if (target) sent.push(target.split('.')[1] ?? '');
    return send(url, request);
  });
});

afterEach(() => signOut());

afterAll(() => cloud.close());

const signedUp = async () => {
  const { email } = cloud.newUser();
  await signUp({ username: email, password: PASSWORD, options: { userAttributes: { email } } });
  return email;
};

const confirmed = async () => {
  const username = await signedUp();
  await confirmSignUp({ username, confirmationCode: await cloud.codeFor(username) });
  return username;
};

test('signs up, confirms with a code that is sent again, and is onboarded', async () => {
  const { email: username } = cloud.newUser();
  const { isSignUpComplete, userId, nextStep } = await signUp({
    username,
    password: PASSWORD,
    options: { userAttributes: { email: username } },
  });
  expect({ isSignUpComplete, nextStep }).toMatchObject({
    isSignUpComplete: false,
    nextStep: { signUpStep: 'CONFIRM_SIGN_UP', codeDeliveryDetails: { deliveryMedium: 'EMAIL' } },
  });

  await resendSignUpCode({ username });
  const confirmation = await confirmSignUp({ username, confirmationCode: await cloud.codeFor(username) });

  expect(confirmation.isSignUpComplete).toBe(true);
  const user = { email: username, sub: userId ?? '' };
  await eventually(async () => (await cloud.recordOf(user)) !== undefined);
  expect(await cloud.groupsOf(user)).toEqual(['users']);
  expect(sent).toEqual(['SignUp', 'ResendConfirmationCode', 'ConfirmSignUp']);
});

test('signs in by SRP, its default, and the tokens say who it is', async () => {
  const username = await confirmed();

  const { isSignedIn, nextStep } = await signIn({ username, password: PASSWORD });

  expect({ isSignedIn, nextStep }).toEqual({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
  expect(sent).toEqual(expect.arrayContaining(['InitiateAuth', 'RespondToAuthChallenge']));
  const { userId } = await getCurrentUser();
  const { tokens } = await fetchAuthSession();
  expect(tokens?.idToken?.payload).toMatchObject({ sub: userId, email: username, email_verified: true });
  expect(tokens?.accessToken.payload).toMatchObject({ sub: userId, token_use: 'access' });
});

test('a wrong password is refused, and a person who is not confirmed is led to the code', async () => {
  const username = await confirmed();
  await expect(signIn({ username, password: NEW_PASSWORD })).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });

  const { nextStep } = await signIn({ username: await signedUp(), password: PASSWORD });

  expect(nextStep).toEqual({ signInStep: 'CONFIRM_SIGN_UP' });
});

test('refreshes, and signs out everywhere', async () => {
  await signIn({ username: await confirmed(), password: PASSWORD });
  const { tokens: first } = await fetchAuthSession();

  const { tokens: second } = await fetchAuthSession({ forceRefresh: true });

  expect(second?.accessToken.toString()).not.toBe(first?.accessToken.toString());
  expect(second?.accessToken.payload.origin_jti).toBe(first?.accessToken.payload.origin_jti);
  await signOut({ global: true });
  const refused = await fetch(cloud.endpoint, {
    method: 'POST',
    headers: {
      'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetUser',
      'Content-Type': 'application/x-amz-json-1.1',
    },
    body: JSON.stringify({ AccessToken: second?.accessToken.toString() }),
  });
  expect(await refused.json()).toEqual({
    __type: 'NotAuthorizedException',
    message: 'Access Token has been revoked',
  });
});

test('resets a password', async () => {
  const username = await confirmed();

  const { nextStep } = await resetPassword({ username });
  expect(nextStep.resetPasswordStep).toBe('CONFIRM_RESET_PASSWORD_WITH_CODE');
  const confirmationCode = await cloud.codeFor(username);
  await confirmResetPassword({ username, confirmationCode, newPassword: NEW_PASSWORD });

  await expect(signIn({ username, password: PASSWORD })).rejects.toMatchObject({
    name: 'NotAuthorizedException',
  });
  expect(await signIn({ username, password: NEW_PASSWORD })).toMatchObject({ isSignedIn: true });
});

test('changes attributes: the e-mail address once it is verified, and the password', async () => {
  await signIn({ username: await confirmed(), password: PASSWORD });
  const { email } = cloud.newUser();

  await updateUserAttribute({ userAttribute: { attributeKey: 'name', value: 'Ada' } });
  const { nextStep } = await updateUserAttribute({ userAttribute: { attributeKey: 'email', value: email } });
  expect(nextStep).toMatchObject({ updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE' });
  await confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: await cloud.codeFor(email) });
  await updatePassword({ oldPassword: PASSWORD, newPassword: NEW_PASSWORD });

  expect(await fetchUserAttributes()).toMatchObject({ name: 'Ada', email, email_verified: 'true' });
  await signOut();
  expect(await signIn({ username: email, password: NEW_PASSWORD })).toMatchObject({ isSignedIn: true });
});

test('a user whom an administrator created chooses a password at the first sign-in', async () => {
  const { email: username } = cloud.newUser();
  await cloud.cognito.send(
    new AdminCreateUserCommand({
      UserPoolId: cloud.output('UserPoolId'),
      Username: username,
      DesiredDeliveryMediums: ['EMAIL'],
    }),
  );

  const { nextStep } = await signIn({ username, password: await cloud.codeFor(username) });
  expect(nextStep).toMatchObject({ signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED' });
  await expect(confirmSignIn({ challengeResponse: 'a' })).rejects.toMatchObject({
    name: 'InvalidPasswordException',
  });

  expect(await confirmSignIn({ challengeResponse: NEW_PASSWORD })).toMatchObject({ isSignedIn: true });
});

test('deletes the user', async () => {
  const username = await confirmed();
  await signIn({ username, password: PASSWORD });

  await deleteUser();

  await expect(signIn({ username, password: PASSWORD })).rejects.toMatchObject({
    name: 'NotAuthorizedException',
  });
});
