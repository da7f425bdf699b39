import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetPolicyCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { type Clients, createClients, destroyClients } from '../../../local/verify/shared/clients';
import type { TestCloud } from '../../support/test-cloud';
import { eventually } from '../../support/test-cloud';
import { PERSON, startCloud } from '../../support/verification';

let cloud: TestCloud;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud();
  clients = createClients({ endpoint: cloud.endpoint, region: 'us-east-1', credentials: PERSON });
});

afterAll(async () => {
  destroyClients(clients);
  await cloud.close();
});

test('the schedule is as the template has it, in its group only', async () => {
  const [Name, GroupName] = [cloud.output('ScheduleName'), cloud.output('ScheduleGroupName')];
  const found = await clients.scheduler.send(new GetScheduleCommand({ Name, GroupName }));

  expect(found).toMatchObject({
    State: 'ENABLED',
    ScheduleExpression: 'cron(30 2 * * ? *)',
    Target: { Arn: cloud.output('ReconciliationStateMachineArn') },
  });
  await expect(clients.scheduler.send(new GetScheduleCommand({ Name }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('the resource policy of the trigger names Cognito; a function without permissions has none', async () => {
  const get = new GetPolicyCommand({ FunctionName: cloud.output('TriggerFunctionName') });
  const { Policy = '' } = await clients.lambda.send(get);

  expect(JSON.parse(Policy).Statement).toEqual([
    expect.objectContaining({
      Effect: 'Allow',
      Principal: { Service: 'cognito-idp.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
    }),
  ]);
  for (const FunctionName of [cloud.output('RetryFunctionName'), 'unknown'])
    await expect(clients.lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
});

test('the mappings are found by function and by queue', async () => {
  const list = (FunctionName: string, EventSourceArn = cloud.output('RetryQueueArn')) =>
    clients.lambda.send(new ListEventSourceMappingsCommand({ FunctionName, EventSourceArn }));

  const { EventSourceMappings } = await list(cloud.output('RetryFunctionName'));
  expect(EventSourceMappings).toEqual([expect.objectContaining({ State: 'Enabled', BatchSize: 5 })]);
  expect((await list(cloud.output('TriggerFunctionName'))).EventSourceMappings).toEqual([]);
  expect((await list(cloud.output('RetryFunctionName'), 'arn:other')).EventSourceMappings).toEqual([]);
});

test('the alarms are found by name', async () => {
  const AlarmNames = cloud.output('AlarmNames').split(',');
  const { MetricAlarms = [] } = await clients.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }));

  expect(MetricAlarms.map(({ AlarmName }) => AlarmName).sort()).toEqual([...AlarmNames].sort());
  expect(MetricAlarms[0]).toMatchObject({ ActionsEnabled: true, StateValue: 'INSUFFICIENT_DATA' });
});

test('an execution is in the log group of its state machine, with its input', async () => {
  const { sub } = await cloud.signUpAndConfirm();
  const find = new FilterLogEventsCommand({
    logGroupName: cloud.output('ExecutionLogGroupName'),
    filterPattern: `"${sub}"`,
  });
  const logged = async () => {
    const { events = [] } = await clients.logs.send(find);
    return events.map(({ message = '' }) => JSON.parse(message));
  };
  await eventually(async () => (await logged()).some(({ type }) => type === 'ExecutionSucceeded'));

  const [started] = await logged();
  expect(started).toMatchObject({ id: '1', type: 'ExecutionStarted', previous_event_id: '0' });
  expect(JSON.parse(started.details.input).confirmedUser.sub).toBe(sub);
});
