import { CreateGroupCommand, DeleteGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import { StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { confirmedUser } from '../support/builders';
import { TestCloud } from '../support/test-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.start();
});

afterAll(() => cloud.close());

const group = () => ({ UserPoolId: cloud.output('UserPoolId'), GroupName: cloud.output('GroupName') });

describe('without the group', () => {
  beforeAll(() => cloud.cognito.send(new DeleteGroupCommand(group())));
  afterAll(() => cloud.cognito.send(new CreateGroupCommand(group())));

  test('the user is still confirmed, and waits in the retry queue', async () => {
    const user = await cloud.signUpAndConfirm({ address: 'Rue de Rivoli' });

    expect(await cloud.usersIn('RetryQueueUrl')).toContainEqual({
      userPoolId: cloud.output('UserPoolId'),
      username: user.sub,
      sub: user.sub,
      attributes: { address: 'Rue de Rivoli' },
    });
    expect(await cloud.recordOf(user)).toBeUndefined();
    expect(await cloud.idTokenClaimsOf(user)).toMatchObject({ sub: user.sub });
  });

  test('the execution shows what failed, why, and that the user was parked', async () => {
    const user = await cloud.signUpAndConfirm();

    const [execution] = await cloud.executionsOf(user);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'OnboardingParked' });
    expect(JSON.parse(execution?.cause ?? '')).toMatchObject({ errorType: 'ResourceNotFoundException' });
    const states = execution?.events.filter(({ type }) => type.endsWith('StateEntered'));
    expect(states?.map(({ details }) => details.name)).toEqual([
      'AddUserToGroup',
      'WasStartedByTrigger',
      'ParkUser',
      'OnboardingParked',
    ]);
    expect(execution?.events).toContainEqual(
      expect.objectContaining({
        type: 'TaskFailed',
        details: expect.objectContaining({ error: 'ResourceNotFoundException' }),
      }),
    );
  });

  test.each([
    ['the retry queue started', { startedBy: 'retry' }],
    ['nobody says who started', {}],
  ])('an execution that %s does not park the user again', async (_, startedBy) => {
    const before = await cloud.usersIn('RetryQueueUrl');
    const user = confirmedUser({ userPoolId: cloud.output('UserPoolId') });

    const { status, error } = await cloud.sfn.send(
      new StartSyncExecutionCommand({
        stateMachineArn: cloud.output('StateMachineArn'),
        input: JSON.stringify({ ...startedBy, confirmedUser: user }),
      }),
    );

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'OnboardingFailed' });
    expect(await cloud.usersIn('RetryQueueUrl')).toHaveLength(before.length);
  });

  test('without the queue as well, the client gets a message for end users', async () => {
    await cloud.sqs.send(new DeleteQueueCommand({ QueueUrl: cloud.output('RetryQueueUrl') }));
    const user = await cloud.signUp();

    const confirmation = cloud.confirm(user);

    await expect(confirmation).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message:
        'PostConfirmation failed with error Your account is confirmed, but setting it up is not finished yet. ' +
        'Please try to sign in later.',
    });
    expect(await cloud.idTokenClaimsOf(user)).toMatchObject({ sub: user.sub });
    const [execution] = await cloud.executionsOf(user);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'OnboardingFailed' });
  });
});
