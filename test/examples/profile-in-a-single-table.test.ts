import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { exampleAssembly } from '../support/example';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  const assembly = await exampleAssembly('profile-in-a-single-table', {
    UserPoolId: 'UserPool',
    UserPoolClientId: 'UserPoolWeb',
    TableName: 'Table',
    RetryQueueUrl: 'OnboardingRetryQueue',
    ReconciliationStateMachineArn: 'OnboardingReconciliationStateMachine',
  });
  cloud = await TestCloud.startEmpty(0.01);
  await cloud.deploy(assembly);
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

const profileOf = async ({ sub }: TestUser) => {
  const Key = { PK: `ACCOUNT#${sub}`, SK: 'PROFILE' };
  return (await cloud.dynamodb.send(new GetCommand({ TableName: cloud.output('TableName'), Key }))).Item;
};
const createdAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

test('a profile has exactly what the templates say', async () => {
  const user = await cloud.signUpAndConfirm({
    given_name: 'Ada <sub>',
    family_name: 'Lovelace',
    locale: 'en-GB',
    address: '{"address_type":"home","locality":"London"}',
  });

  await eventually(async () => (await profileOf(user)) !== undefined);
  expect(await profileOf(user)).toEqual({
    PK: `ACCOUNT#${user.sub}`,
    SK: 'PROFILE',
    GSI1PK: `EMAIL#${user.email}`,
    GSI1SK: 'PROFILE',
    type: 'Profile',
    email: user.email,
    name: 'Ada <sub> Lovelace',
    address: { home: { address_type: 'home', locality: 'London' } },
    settings: { language: 'en-GB', newsletter: false },
    plan: 'free',
    credits: 10,
    createdAt,
  });
  expect(await cloud.groupsOf(user)).toEqual(['customers']);
  const [execution] = await cloud.executionsOf(user);
  expect(execution).toMatchObject({
    input: {
      confirmedUser: {
        attributes: { email: user.email, given_name: 'Ada <sub>', family_name: 'Lovelace', locale: 'en-GB' },
      },
    },
  });
});

test('what a user does not have is left out', async () => {
  const user = await cloud.signUpAndConfirm({ given_name: 'Ada' });

  await eventually(async () => (await profileOf(user)) !== undefined);
  expect(await profileOf(user)).toEqual({
    PK: `ACCOUNT#${user.sub}`,
    SK: 'PROFILE',
    GSI1PK: `EMAIL#${user.email}`,
    GSI1SK: 'PROFILE',
    type: 'Profile',
    email: user.email,
    address: {},
    settings: { newsletter: false },
    plan: 'free',
    credits: 10,
    createdAt,
  });
});

test('the profile is found by the e-mail address', async () => {
  const user = await cloud.signUpAndConfirm();
  await eventually(async () => (await profileOf(user)) !== undefined);

  const { Items } = await cloud.dynamodb.send(
    new QueryCommand({
      TableName: cloud.output('TableName'),
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :email',
      ExpressionAttributeValues: { ':email': `EMAIL#${user.email}` },
    }),
  );

  expect(Items).toEqual([await profileOf(user)]);
});

test('a user whose trigger was never called gets the same profile from the reconciliation', async () => {
  const user = await cloud.signUp({ given_name: 'Ada', family_name: 'Lovelace' });
  await cloud.setFaults([{ action: 'lambda:InvokeFunction', error: 'ServiceException' }]);
  await cloud.confirm(user).catch(() => {});
  await cloud.setFaults([]);
  expect(await profileOf(user)).toBeUndefined();

  await cloud.reconcile();

  await eventually(async () => (await profileOf(user)) !== undefined);
  expect(await profileOf(user)).toMatchObject({ email: user.email, name: 'Ada Lovelace' });
  expect((await cloud.reconcile()).output).toMatchObject({ missing: 0 });
});
