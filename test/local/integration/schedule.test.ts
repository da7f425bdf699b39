import { CloudAssembly } from '../../../local/cloudformation/cloud-assembly';
import { eventually, TestCloud } from '../../support/test-cloud';

interface OwnSchedule {
  readonly GroupName: unknown;
  readonly Target: { readonly RoleArn: { readonly 'Fn::GetAtt': readonly [string, string] } };
}

/** The stack, with one more schedule for a queue, and one for a function. Both have the role of its own schedule. */
function withSchedules(): CloudAssembly {
  const assembly = new CloudAssembly(process.env.TEST_CLOUD_ASSEMBLY as string);
  const Resources = assembly.stacks[0]?.template.Resources ?? {};
  const idOf = (type: string, suits: (id: string, properties: Record<string, unknown>) => boolean) =>
    Object.keys(Resources).find((id) => {
      const { Type, Properties = {} } = Resources[id] ?? { Type: '' };
      return Type === type && suits(id, Properties);
    }) as string;
  const queue = idOf('AWS::SQS::Queue', (_, { RedrivePolicy }) => RedrivePolicy === undefined);
  const fn = idOf('AWS::Lambda::Function', (id) => id.includes('AddUserToGroup'));
  const own: unknown = Resources[idOf('AWS::Scheduler::Schedule', () => true)]?.Properties;
  const { GroupName, Target } = own as OwnSchedule;
  const schedule = (Name: string, target: string, Input: string) => ({
    Type: 'AWS::Scheduler::Schedule',
    Properties: { Name, GroupName, Target: { ...Target, Arn: { 'Fn::GetAtt': [target, 'Arn'] }, Input } },
  });
  const Statement = [
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [queue, 'Arn'] } },
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': [fn, 'Arn'] } },
  ];
  Object.assign(Resources, {
    MayStart: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'MayStart',
        PolicyDocument: { Version: '2012-10-17', Statement },
        Roles: [{ Ref: Target.RoleArn['Fn::GetAtt'][0] }],
      },
    },
    ToQueue: schedule('to-queue', queue, '{"from":"<aws.scheduler.schedule-arn>"}'),
    ToFunction: schedule('to-function', fn, '{"no":"user"}'),
  });
  return assembly;
}

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.startEmpty();
  await cloud.deploy(withSchedules());
});

afterAll(() => cloud.close());

interface Schedule {
  readonly name: string;
  readonly scheduleExpression: string;
}

const run = async (name: string) => {
  const response = await fetch(`${cloud.endpoint}/_local/schedules/${name}/run`, { method: 'POST' });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

/** The schedule of the reconciliation. */
const reconciliation = async (): Promise<Schedule> => {
  const schedules = await cloud.get<Schedule[]>('/_local/schedules');
  const own = schedules.find(({ name }) => !name.startsWith('to-'));
  if (!own) throw new Error('the stack has no schedule');
  return own;
};

test('the schedule of the reconciliation can be run by hand, under its own role', async () => {
  const { name, scheduleExpression } = await reconciliation();

  const { status, body } = await run(name);

  expect(scheduleExpression).toMatch(/^(cron|rate)\(/);
  expect(status).toBe(200);
  await eventually(
    async () => (await cloud.describeExecution(body.executionArn ?? '')).status === 'SUCCEEDED',
  );
  const starts = cloud.iam.record.list().filter(({ request, roleName }) => {
    return request.action === 'states:StartExecution' && /Scheduler/.test(roleName);
  });
  expect(starts).toMatchObject([{ decision: { allowed: true } }]);
});

test('a schedule of a queue sends its message', async () => {
  const { status, body } = await run('to-queue');

  expect(status).toBe(200);
  expect(body.MessageId).toEqual(expect.any(String));
  expect(await cloud.usersIn('DeadLetterQueueUrl')).toEqual([
    { from: expect.stringMatching(/^arn:aws:scheduler:us-east-1:000000000000:schedule\/\S+\/to-queue$/) },
  ]);
});

test('a schedule of a function sends an event, and does not wait', async () => {
  expect(await run('to-function')).toEqual({ status: 200, body: {} });

  // The function refuses what is no user, and says so.
  await eventually(async () => (await cloud.logs()).some((line) => line.includes('InvalidInputError')));
});

test('a run whose target cannot be started says why', async () => {
  await cloud.setFaults([{ action: 'states:StartExecution', error: 'ExecutionLimitExceeded', times: 1 }]);
  const { name } = await reconciliation();

  expect(await run(name)).toMatchObject({ status: 400, body: { error: 'ExecutionLimitExceeded' } });
});

test('a schedule that is not there is named', async () => {
  expect(await run('no')).toEqual({
    status: 404,
    body: { error: 'ResourceNotFoundException', message: 'there is no schedule named no' },
  });
});
