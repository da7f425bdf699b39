import { perform } from '../../../local/aws/api';
import type { RoleSession } from '../../../local/iam/iam';
import { StepFunctions } from '../../../local/step-functions/step-functions';
import { eventually } from '../../support/test-cloud';

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Waiting';
const DEFINITION = { StartAt: 'Wait', States: { Wait: { Type: 'Task', Resource: RESOURCE, End: true } } };

interface Started {
  readonly executionArn: string;
  readonly startDate: number;
}

const tasks: (() => void)[] = [];
const wait = () => new Promise<void>((resolve) => tasks.push(resolve));

let stepFunctions: StepFunctions;

beforeAll(() => {
  stepFunctions = new StepFunctions({ [RESOURCE]: wait }, () => {});
  const properties = { DefinitionString: JSON.stringify(DEFINITION), RoleArn: 'role' };
  stepFunctions.createStateMachine(stateMachineArn, properties, {
    may: () => true,
  } as unknown as RoleSession);
});

afterAll(() => {
  stepFunctions.close();
  for (const end of tasks) end();
});

const start = (name: string, input = '{}') =>
  perform<Started>(stepFunctions, 'StartExecution', { stateMachineArn, name, input });
const describeExecution = (executionArn: string) =>
  perform<{ status: string }>(stepFunctions, 'DescribeExecution', { executionArn });
const stop = async (executionArn: string, reason = {}) => {
  await perform(stepFunctions, 'StopExecution', { executionArn, ...reason });
  await eventually(async () => (await describeExecution(executionArn)).status === 'ABORTED');
};

test.each([
  '',
  'x'.repeat(81),
  'a b',
  'a\u00a0b',
  'a\nb',
  'a\u0000',
  'a\u009f',
  ...'<>{}[]?*"#%\\^|~`$&,;:/',
])('an execution cannot be named %j', async (name) => {
  await expect(async () => start(name)).rejects.toMatchObject({ code: 'InvalidName' });
});

test.each(["Ada.Lovelace_1+!@()='-", 'Zoë', 'x'.repeat(80)])('an execution can be named %s', async (name) => {
  expect((await start(name)).executionArn).toBe(
    `arn:aws:states:us-east-1:000000000000:execution:Waiting:${name}`,
  );
});

test('the same call starts one execution while it runs, another call none of that name', async () => {
  const first = await start('same', '{"a":1,"b":2}');
  const count = stepFunctions.executions.length;
  const exists = { code: 'ExecutionAlreadyExists' };

  expect(await start('same', '{"a":1,"b":2}')).toEqual(first);
  expect(stepFunctions.executions).toHaveLength(count);
  await expect(start('same', '{"a":2}')).rejects.toMatchObject(exists);

  await stop(first.executionArn);
  await expect(start('same', '{"a":1,"b":2}')).rejects.toMatchObject(exists);
});

test('whoever stops an execution can say why', async () => {
  const { executionArn } = await start('stopped');
  const reason = { error: 'Deployment', cause: 'a new version comes' };

  await stop(executionArn, reason);

  expect(await describeExecution(executionArn)).toMatchObject({ status: 'ABORTED', ...reason });
  const { events } = await perform<{ events: object[] }>(stepFunctions, 'GetExecutionHistory', {
    executionArn,
    reverseOrder: true,
    maxResults: 1,
  });
  expect(events).toMatchObject([{ type: 'ExecutionAborted', executionAbortedEventDetails: reason }]);
});
