import { exampleAssembly } from '../support/example';
import { eventually, TestCloud } from '../support/test-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  const assembly = await exampleAssembly('attribute-in-cognito', {
    UserPoolId: 'UserPool',
    UserPoolClientId: 'UserPoolWeb',
    TableName: 'OnboardingTable',
    RetryQueueUrl: 'OnboardingRetryQueue',
  });
  cloud = await TestCloud.startEmpty(0.01);
  await cloud.deploy(assembly);
});

afterAll(() => cloud.close());

test('a user gets an attribute that their token and their record have', async () => {
  const user = await cloud.signUpAndConfirm();

  await eventually(async () => (await cloud.recordOf(user)) !== undefined);
  const claims = await cloud.idTokenClaimsOf(user);
  expect(claims['custom:tenantId']).toMatch(/^[0-9a-f]{16}$/);
  expect(await cloud.recordOf(user)).toMatchObject({ tenantId: claims['custom:tenantId'] });
});

test('users cannot write the attribute themselves', async () => {
  await expect(cloud.signUp({ 'custom:tenantId': 'somebody-else' })).rejects.toMatchObject({
    name: 'NotAuthorizedException',
  });
});
