import {
  DeleteGroupCommand,
  GetGroupCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { CheckError } from '../../../local/verify/shared/verification';
import { grantsOf, withoutGrant } from '../../support/grants';
import { credentialsOf } from '../../support/member';
import { eventually, type TestCloud } from '../../support/test-cloud';
import { failuresIn, leftOn, startCloud, verifyOn } from '../../support/verification';

let cloud: TestCloud;

afterEach(() => cloud.close());

const pool = () => ({ UserPoolId: cloud.output('UserPoolId') });

/** Lambda deletes a message a moment after the retry function is done with it. */
const nothingIsLeft = () => eventually(async () => (await leftOn(cloud)).length === 0);

describe('the stack as it was synthesized', () => {
  beforeEach(async () => {
    cloud = await startCloud();
  });

  test('is verified, and nothing is left behind', async () => {
    const results = await verifyOn(cloud);

    expect(failuresIn(results)).toEqual([]);
    expect(results.map(({ name }) => name)).toEqual([
      'your credentials and region',
      'the trigger of the user pool',
      'the permission of Cognito',
      'the groups',
      'the table',
      'the retry queue and the dead-letter queue',
      'the event source mapping of the retry queue',
      'the schedule of the reconciliation',
      'the alarms',
      'a user signs up',
      'the user confirms',
      'the user is in their group',
      'the user has a record',
      'the execution is in the logs',
      'the event is published',
      'a dry run of the reconciliation',
      'clean up',
    ]);
    await nothingIsLeft();
  });

  test('parks a user and heals them, and gives the group back as it was', async () => {
    const group = new GetGroupCommand({ ...pool(), GroupName: 'users' });
    const { Group: before } = await cloud.cognito.send(group);
    const results = await verifyOn(cloud, { disturb: true });
    const { Group: after } = await cloud.cognito.send(group);

    expect(failuresIn(results)).toEqual([]);
    expect(results.map(({ name }) => name)).toContain('a user is parked, and healed by a retry');
    expect(after?.RoleArn).toBe(before?.RoleArn);
    expect(after?.Description).toBe(before?.Description);
    await nothingIsLeft();
  });

  test('does not take a group away from its members', async () => {
    const member = await cloud.signUpAndConfirm();
    await eventually(async () => (await cloud.groupsOf(member)).includes('users'));

    expect(failuresIn(await verifyOn(cloud, { disturb: true }))).toEqual([
      'a user is parked, and healed by a retry: the group users has members, who would lose it: use ' +
        '--disturb only before the first user',
    ]);
    expect(await cloud.groupsOf(member)).toEqual(['users']);
  });

  test.each(['a user signs up', 'the user confirms', 'the user has a record'])(
    'interrupted after “%s”, it deletes what it made',
    async (last) => {
      const controller = new AbortController();
      const report = ({ name }: { name: string }) => {
        if (name === last) controller.abort(new CheckError('interrupted'));
      };
      const results = await verifyOn(cloud, { signal: controller.signal, report });

      expect(results.map(({ name }) => name).slice(-3)).toEqual([last, 'the end', 'clean up']);
      expect(failuresIn(results)).toEqual(['the end: interrupted']);
      await nothingIsLeft();
    },
  );
});

describe('broken on purpose', () => {
  test('no group', async () => {
    cloud = await startCloud();
    await cloud.cognito.send(new DeleteGroupCommand({ ...pool(), GroupName: 'users' }));

    expect(failuresIn(await verifyOn(cloud))).toEqual([
      `the groups: the user pool ${cloud.output('UserPoolId')} has no group users: nobody can be onboarded`,
    ]);
    await nothingIsLeft();
  });

  test('no table', async () => {
    cloud = await startCloud();
    const TableName = cloud.output('TableName');
    await cloud.dynamodb.send(new DeleteTableCommand({ TableName }));

    expect(failuresIn(await verifyOn(cloud))).toEqual([
      `the table: there is no table ${TableName}: nobody can get a record`,
    ]);
  });

  test('no permission for Cognito', async () => {
    cloud = await startCloud(({ Resources }) => {
      for (const [id, { Type }] of Object.entries(Resources))
        if (Type === 'AWS::Lambda::Permission') delete Resources[id];
    });

    expect(failuresIn(await verifyOn(cloud))).toEqual([
      `the permission of Cognito: Cognito may not invoke the trigger ${cloud.output('TriggerFunctionName')}: ` +
        'its resource policy has no statement that allows cognito-idp.amazonaws.com lambda:InvokeFunction ' +
        `for the user pool ${cloud.output('UserPoolId')}`,
    ]);
    await nothingIsLeft();
  });

  test('the trigger is detached', async () => {
    cloud = await startCloud();
    await cloud.cognito.send(new UpdateUserPoolCommand({ ...pool(), LambdaConfig: {} }));

    expect(failuresIn(await verifyOn(cloud))).toEqual([
      `the trigger of the user pool: the user pool ${cloud.output('UserPoolId')} does not call the trigger: its ` +
        'post confirmation trigger is not set, not arn:aws:lambda:us-east-1:000000000000:function:' +
        cloud.output('TriggerFunctionName'),
    ]);
  });

  test('the mapping is disabled', async () => {
    cloud = await startCloud(({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources))
        if (Type === 'AWS::Lambda::EventSourceMapping') Object.assign(Properties ?? {}, { Enabled: false });
    });

    expect(failuresIn(await verifyOn(cloud))).toEqual([
      expect.stringMatching(
        /^the event source mapping .*: the event source mapping \S+ of the retry queue is Disabled: parked users are not retried$/,
      ),
    ]);
  });

  test('the schedule is disabled', async () => {
    cloud = await startCloud(({ Resources }) => {
      for (const { Type, Properties } of Object.values(Resources))
        if (Type === 'AWS::Scheduler::Schedule') Object.assign(Properties ?? {}, { State: 'DISABLED' });
    });

    expect(failuresIn(await verifyOn(cloud))).toEqual([
      `the schedule of the reconciliation: the schedule ${cloud.output('ScheduleName')} is DISABLED: nobody ` +
        'looks for users without a record',
    ]);
  });

  test('the queue is gone', async () => {
    cloud = await startCloud();
    const QueueUrl = cloud.output('RetryQueueUrl');
    await cloud.sqs.send(new DeleteQueueCommand({ QueueUrl }));

    expect(failuresIn(await verifyOn(cloud))).toEqual([
      `the retry queue and the dead-letter queue: there is no retry queue ${QueueUrl}: a parked user would be lost`,
    ]);
  });

  test('a function lacks its action: the user is parked, and their message is deleted too', async () => {
    cloud = await startCloud();
    const grant = grantsOf(cloud.template).find(({ action }) => action === 'cognito-idp:AdminAddUserToGroup');
    if (!grant) throw new Error('nobody may add users to a group');
    cloud.updateAccess(withoutGrant(cloud.template, grant));

    expect(failuresIn(await verifyOn(cloud, { timeLimit: 1_500 }))).toEqual([
      expect.stringMatching(
        /^the user is in their group: the user is not in the group users after 1\.5 s: AddUserToGroup failed with AccessDeniedException: .* is not authorized to perform: cognito-idp:AdminAddUserToGroup on resource/,
      ),
    ]);
    await nothingIsLeft();
  });

  test('the wrong region', async () => {
    cloud = await startCloud();

    expect(failuresIn(await verifyOn(cloud, { region: 'eu-west-1' }))).toEqual([
      'your credentials and region: the stack is in us-east-1, but your region is eu-west-1: set AWS_REGION=us-east-1',
    ]);
  });

  test('expired credentials', async () => {
    cloud = await startCloud();
    const user = await cloud.signUpAndConfirm();
    await eventually(async () => (await cloud.groupsOf(user)).includes('users'));
    const credentials = await credentialsOf(cloud, user);
    await cloud.advanceClock({ hours: 1 });

    expect(failuresIn(await verifyOn(cloud, { credentials }))).toEqual([
      'your credentials and region: your credentials have expired: sign in again (ExpiredToken: The security ' +
        'token included in the request is expired)',
    ]);
  });
});
