import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { postConfirmationEvent } from '../support/builders';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.start();
});

afterAll(() => cloud.close());

const userFromPool = async ({ email }: TestUser) => {
  const user = await cloud.cognito.send(
    new AdminGetUserCommand({ UserPoolId: cloud.output('UserPoolId'), Username: email }),
  );
  const attributes = Object.fromEntries((user.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]));
  return { status: user.UserStatus, attributes };
};

const adminConfirm = ({ email }: TestUser) => {
  return cloud.cognito.send(
    new AdminConfirmSignUpCommand({ UserPoolId: cloud.output('UserPoolId'), Username: email }),
  );
};

test('a confirmed user is in the group, has a record, and their token says so', async () => {
  const user = await cloud.signUpAndConfirm({ address: '{"address_type":"home","locality":"London"}' });

  expect(await cloud.groupsOf(user)).toEqual(['users']);
  expect(await cloud.recordOf(user)).toEqual({
    PK: `USER#${user.sub}`,
    SK: `USER#${user.sub}`,
    username: user.sub,
    addresses: { home: { address_type: 'home', locality: 'London' } },
    shopping_cart: {},
    date_created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  expect(await cloud.idTokenClaimsOf(user)).toMatchObject({ sub: user.sub, 'cognito:groups': ['users'] });
  expect(await userFromPool(user)).toMatchObject({
    status: 'CONFIRMED',
    attributes: { email_verified: 'true' },
  });
});

test("the execution shows what happened, in the console's terms", async () => {
  const user = await cloud.signUpAndConfirm();

  const [execution] = await cloud.executionsOf(user);

  expect(execution).toMatchObject({
    status: 'SUCCEEDED',
    input: { startedBy: 'trigger', confirmedUser: { username: user.sub, sub: user.sub } },
  });
  expect(
    execution?.events.map(({ type, details }) => [type, details.name].filter(Boolean).join(' ')),
  ).toEqual([
    'ExecutionStarted',
    'TaskStateEntered AddUserToGroup',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited AddUserToGroup',
    'TaskStateEntered PutUserRecord',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited PutUserRecord',
    'SucceedStateEntered UserOnboarded',
    'SucceedStateExited UserOnboarded',
    'ExecutionSucceeded',
  ]);
});

test.each([
  [
    'a JSON address',
    '{"address_type":"work","locality":"Paris"}',
    { work: { address_type: 'work', locality: 'Paris' } },
  ],
  ['a plain-text address', '12 St James Square', { default: { formatted: '12 St James Square' } }],
  ['no address', undefined, {}],
  ['an address of 2,048 characters', 'x'.repeat(2048), { default: { formatted: 'x'.repeat(2048) } }],
  [
    'the address type __proto__',
    '{"address_type":"__proto__","locality":"Paris"}',
    { default: { address_type: '__proto__', locality: 'Paris' } },
  ],
])('a user with %s gets group and record', async (_, address, addresses) => {
  const user = await cloud.signUpAndConfirm(address === undefined ? {} : { address });

  expect(await cloud.groupsOf(user)).toEqual(['users']);
  expect(await cloud.recordOf(user)).toMatchObject({ addresses });
});

test('a password reset leaves the record as it was, and starts no execution', async () => {
  const user = await cloud.signUpAndConfirm({ address: 'Rue de Rivoli' });
  const before = await cloud.recordOf(user);
  const ClientId = cloud.output('UserPoolClientId');

  await cloud.cognito.send(new ForgotPasswordCommand({ ClientId, Username: user.email }));
  await cloud.cognito.send(
    new ConfirmForgotPasswordCommand({
      ClientId,
      Username: user.email,
      ConfirmationCode: await cloud.codeFor(user.email),
      Password: 'Another-Horse-8-Battery',
    }),
  );

  expect(await cloud.recordOf(user)).toEqual(before);
  expect(await cloud.executionsOf(user)).toHaveLength(1);
  expect(await cloud.idTokenClaimsOf(user, 'Another-Horse-8-Battery')).toMatchObject({ sub: user.sub });
});

test('three calls of the trigger at once leave one record with its first date', async () => {
  const user = await cloud.signUpAndConfirm();
  const before = await cloud.recordOf(user);
  const event = { ...postConfirmationEvent({ attributes: { sub: user.sub } }), userName: user.sub };
  const call = new InvokeCommand({
    FunctionName: cloud.output('TriggerFunctionName'),
    Payload: JSON.stringify({ ...event, userPoolId: cloud.output('UserPoolId') }),
  });

  const answers = await Promise.all([1, 2, 3].map(() => cloud.lambda.send(call)));

  expect(answers.map(({ FunctionError }) => FunctionError)).toEqual([undefined, undefined, undefined]);
  const statuses = (await cloud.executionsOf(user)).map(({ status }) => status);
  expect(statuses).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  const { Items } = await cloud.dynamodb.send(
    new ScanCommand({
      TableName: cloud.output('TableName'),
      FilterExpression: 'username = :username',
      ExpressionAttributeValues: { ':username': user.sub },
    }),
  );
  expect(Items).toEqual([before]);
});

test("an administrator's confirmation verifies no e-mail address, so the user is not onboarded yet", async () => {
  const user = await cloud.signUp();

  await adminConfirm(user);

  expect(await userFromPool(user)).toMatchObject({ status: 'CONFIRMED' });
  expect((await userFromPool(user)).attributes).toHaveProperty('email_verified', 'false');
  expect(await cloud.groupsOf(user)).toEqual([]);
  expect(await cloud.recordOf(user)).toBeUndefined();
});

test("an administrator's confirmation of a verified user onboards them", async () => {
  const user = await cloud.signUp();
  await cloud.cognito.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId: cloud.output('UserPoolId'),
      Username: user.email,
      UserAttributes: [
        { Name: 'email', Value: user.email },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  );

  await adminConfirm(user);

  expect(await cloud.groupsOf(user)).toEqual(['users']);
  expect(await cloud.recordOf(user)).toBeDefined();
});

test('a user cannot be confirmed with a wrong code, or twice', async () => {
  const user = await cloud.signUp();
  const code = await cloud.codeFor(user.email);
  await expect(cloud.confirmWith(user, 'wrong')).rejects.toMatchObject({
    name: 'CodeMismatchException',
    message: 'Invalid verification code provided, please try again.',
  });
  await cloud.confirm(user);

  await expect(cloud.confirm(user)).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'User cannot be confirmed. Current status is CONFIRMED',
  });
  expect(code).toMatch(/^\d{6}$/);
});

test('a user whose record somebody else wrote joins the group when all users are reconciled', async () => {
  const user = await cloud.signUpAndConfirm();
  await cloud.cognito.send(
    new AdminRemoveUserFromGroupCommand({
      UserPoolId: cloud.output('UserPoolId'),
      Username: user.email,
      GroupName: 'users',
    }),
  );
  const record = await cloud.recordOf(user);
  await cloud.reconcile();
  expect(await cloud.groupsOf(user)).toEqual([]);

  await cloud.reconcile({ all: true });

  await eventually(async () => (await cloud.groupsOf(user)).length === 1);
  expect(await cloud.recordOf(user)).toEqual(record);
});
