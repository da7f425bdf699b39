import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { exampleAssembly } from '../support/example';
import { Member } from '../support/member';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  const assembly = await exampleAssembly('group-by-plan', {
    UserPoolId: 'UserPool',
    UserPoolClientId: 'UserPoolWeb',
    TableName: 'OnboardingTable',
    IdentityPoolId: 'OnboardingMembersIdentityPool',
    ReconciliationStateMachineArn: 'OnboardingReconciliationStateMachine',
  });
  cloud = await TestCloud.startEmpty(0.01);
  await cloud.deploy(assembly);
});

afterAll(() => cloud.close());

const recordOf = async ({ sub: id }: TestUser) => {
  const get = new GetCommand({ TableName: cloud.output('TableName'), Key: { id } });
  return (await cloud.dynamodb.send(get)).Item;
};
const onboarded = async (attributes: Record<string, string>) => {
  const user = await cloud.signUpAndConfirm(attributes);
  await eventually(async () => (await recordOf(user)) !== undefined);
  return user;
};

test.each<[string, Record<string, string>, string]>([
  ['pro', { 'custom:plan': 'pro' }, 'professionals'],
  ['free', { 'custom:plan': 'free' }, 'customers'],
  ['a plan that the rule does not name', { 'custom:plan': 'constructor' }, 'customers'],
  ['no plan', {}, 'customers'],
])('%s', async (_, attributes, group) => {
  const user = await onboarded(attributes);

  expect(await cloud.groupsOf(user)).toEqual([group]);
  expect(await cloud.idTokenClaimsOf(user)).toMatchObject({ 'cognito:groups': [group] });
  expect(await recordOf(user)).toEqual({
    id: user.sub,
    email: user.email,
    ...(attributes['custom:plan'] && { plan: attributes['custom:plan'] }),
    memberOf: group,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
});

test('a member of either group reads their own record, and no other', async () => {
  const users = [await onboarded({ 'custom:plan': 'pro' }), await onboarded({ 'custom:plan': 'free' })];
  const [first, second] = users as [TestUser, TestUser];

  for (const [user, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const member = await Member.signIn(cloud, user);
    expect(await member.get(user, { id: user.sub })).toEqual(await recordOf(user));
    await expect(member.get(other, { id: other.sub })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  }
});

test('a plan that changes later moves nobody to another group', async () => {
  const user = await onboarded({ 'custom:plan': 'free' });
  await cloud.cognito.send(
    new AdminUpdateUserAttributesCommand({
      UserPoolId: cloud.output('UserPoolId'),
      Username: user.email,
      UserAttributes: [{ Name: 'custom:plan', Value: 'pro' }],
    }),
  );

  await cloud.reconcile();

  expect(await cloud.groupsOf(user)).toEqual(['customers']);
});
