import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import cdkJson from '../../cdk.json';
import { OnboardingStack } from '../../infra/onboarding-stack';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import { confirmedUser } from '../support/builders';
import { testApp } from '../support/stack';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

let cloud: TestCloud;

/** The app, configured by context values alone. */
function assemblyWithoutGroup(): CloudAssembly {
  const record = { key: { id: 'USER#<sub>' }, attributes: { email: '<email>', memberOf: '<group>' } };
  const context = { ...cdkJson.context, group: 'false', record: JSON.stringify(record) };
  const app = testApp(context);
  new OnboardingStack(app, 'UserOnboarding');
  return new CloudAssembly(app.synth().directory);
}

beforeAll(async () => {
  cloud = await TestCloud.startEmpty(0.01);
  await cloud.deploy(assemblyWithoutGroup());
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

const recordOf = async ({ sub }: TestUser) => {
  const get = new GetCommand({ TableName: cloud.output('TableName'), Key: { id: `USER#${sub}` } });
  return (await cloud.dynamodb.send(get)).Item;
};

test('a user without a group gets their record, at once or after a retry', async () => {
  const atOnce = await cloud.signUpAndConfirm();
  await cloud.setFaults([{ action: 'dynamodb:PutItem', error: 'ResourceNotFoundException', times: 1 }]);
  const retried = await cloud.signUpAndConfirm();

  for (const user of [atOnce, retried]) {
    await eventually(async () => (await recordOf(user)) !== undefined);
    expect(await recordOf(user)).toEqual({ id: `USER#${user.sub}`, email: user.email });
    expect(await cloud.groupsOf(user)).toEqual([]);
  }
  expect(cloud.iam.record.list().filter(({ decision }) => !decision.allowed)).toEqual([]);
});

test('a message for another user pool goes to the dead-letter queue, and nobody gets a record', async () => {
  const stranger = confirmedUser({ userPoolId: 'us-east-1_Other' });
  const MessageBody = JSON.stringify(stranger);
  await cloud.sqs.send(new SendMessageCommand({ QueueUrl: cloud.output('RetryQueueUrl'), MessageBody }));

  await eventually(async () => (await cloud.usersIn('DeadLetterQueueUrl')).length === 1);

  expect(await cloud.usersIn('DeadLetterQueueUrl')).toEqual([stranger]);
  expect(await recordOf({ sub: stranger.sub, email: '' })).toBeUndefined();
});
