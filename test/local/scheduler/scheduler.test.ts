import type { Iam } from '../../../local/iam/iam';
import type { RoleSession } from '../../../local/iam/role-session';
import { Scheduler } from '../../../local/scheduler/scheduler';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const MACHINE = arn('states', 'stateMachine:Reconciliation');
const QUEUE = arn('sqs', 'retry');
const FUNCTION = arn('lambda', 'function:sweep');

const role = { roleName: 'Runner', may: () => true } as unknown as RoleSession;
const calls = {
  sendEvent: jest.fn(async (..._: unknown[]) => ({})),
  sendMessage: jest.fn(async (..._: unknown[]) => ({ MessageId: '1' })),
  startExecution: jest.fn(async (..._: unknown[]) => ({ executionArn: 'arn:execution' })),
};

let scheduler: Scheduler;

beforeEach(() => {
  jest.clearAllMocks();
  scheduler = new Scheduler({ assume: () => role } as unknown as Iam, calls);
});

const create = (Arn: string, properties: object = {}, target: object = {}) =>
  scheduler.create('nightly', { ...properties, Target: { Arn, RoleArn: 'arn:role', ...target } });

test('starts a state machine under its role, with its input', async () => {
  create(MACHINE, {}, { Input: '{"scheduled":true}' });

  expect(await scheduler.run('nightly')).toEqual({ executionArn: 'arn:execution' });
  expect(calls.startExecution).toHaveBeenCalledWith(role, {
    stateMachineArn: MACHINE,
    input: '{"scheduled":true}',
  });
});

test('sends a message to a queue', async () => {
  create(QUEUE, {}, { Input: 'any text' });

  expect(await scheduler.run('nightly')).toEqual({ MessageId: '1' });
  expect(calls.sendMessage).toHaveBeenCalledWith(role, { QueueArn: QUEUE, MessageBody: 'any text' });
});

test('sends an event to a function', async () => {
  create(FUNCTION, {}, { Input: '{"a":1}' });

  await scheduler.run('nightly');

  expect(calls.sendEvent).toHaveBeenCalledWith(role, FUNCTION, '{"a":1}');
});

test('replaces the keywords of Scheduler in the input', async () => {
  const keywords = ['schedule-arn', 'scheduled-time', 'execution-id', 'attempt-number', 'unknown'];
  const Input = JSON.stringify(keywords.map((keyword) => `<aws.scheduler.${keyword}>`));
  create(MACHINE, { GroupName: 'ours' }, { Input });

  await scheduler.run('nightly');

  const [, { input }] = calls.startExecution.mock.calls[0] as [unknown, { input: string }];
  expect(JSON.parse(input)).toEqual([
    arn('scheduler', 'schedule/ours/nightly'),
    expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    expect.stringMatching(/^[0-9a-f-]{36}$/),
    '1',
    '<aws.scheduler.unknown>',
  ]);
});

test('without an input, the target gets the notification of Scheduler', async () => {
  create(FUNCTION);

  await scheduler.run('nightly');

  const [, , payload] = calls.sendEvent.mock.calls[0] as [unknown, unknown, string];
  expect(JSON.parse(payload)).toMatchObject({
    source: 'aws.scheduler',
    'detail-type': 'Scheduled Event',
    resources: [arn('scheduler', 'schedule/default/nightly')],
  });
});

test('tells what it could run, and runs a disabled schedule as well', async () => {
  create(MACHINE, { ScheduleExpression: 'cron(30 2 * * ? *)', State: 'DISABLED' });

  expect(scheduler.list()).toEqual([
    { name: 'nightly', scheduleExpression: 'cron(30 2 * * ? *)', state: 'DISABLED', target: MACHINE },
  ]);
  await expect(scheduler.run('nightly')).resolves.toBeDefined();
});

test('names a schedule that is not there, or is there no more', async () => {
  create(MACHINE);
  scheduler.delete('nightly');

  await expect(scheduler.run('nightly')).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'there is no schedule named nightly',
  });
});

test('two schedules of one name are refused', () => {
  create(MACHINE);

  expect(() => create(MACHINE)).toThrow('there are two schedules named nightly');
});
