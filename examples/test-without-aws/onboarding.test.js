const cognitoIdp = require('@aws-sdk/client-cognito-identity-provider');
const { LocalCloud } = require('confirmed-user-onboarding-local');

let cloud;
let cognito;

beforeAll(async () => {
  cloud = await LocalCloud.start({ app: 'cdk.out' });
  cognito = new cognitoIdp.CognitoIdentityProvider(cloud.clientConfig);
}, 60_000);
afterAll(() => cloud.close());

async function signUpAndConfirm(Username) {
  const ClientId = cloud.outputs.UserPoolClientId;
  await cognito.signUp({ ClientId, Username, Password: 'Correct-Horse-7' });
  const [{ code }] = await cloud.messages({ to: Username });
  await cognito.confirmSignUp({ ClientId, Username, ConfirmationCode: code });
}

async function groupsOf(Username) {
  const { Groups } = await cognito.adminListGroupsForUser({ UserPoolId: cloud.outputs.UserPoolId, Username });
  return Groups.map(({ GroupName }) => GroupName);
}

test('a user who confirms is in the group, in the end', async () => {
  await cloud.setFaults([{ action: 'cognito-idp:AdminAddUserToGroup', error: 'InternalErrorException' }]);
  await signUpAndConfirm('ada@example.com');
  expect(await groupsOf('ada@example.com')).toEqual([]);

  await cloud.clearFaults();
  while ((await groupsOf('ada@example.com')).length === 0) await cloud.clock.advance({ seconds: 10 });
  expect(await groupsOf('ada@example.com')).toEqual(['users']);
}, 60_000);
