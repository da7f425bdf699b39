import * as sfn from '@aws-sdk/client-sfn';
import { perform } from '../../../local/aws/api';
import type { RoleSession } from '../../../local/iam/role-session';
import { StepFunctions } from '../../../local/step-functions/step-functions';
import { differencesFromModel } from '../../support/modelled-output';
import { eventually } from '../../support/test-cloud';

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Waiting';
const express = 'arn:aws:states:us-east-1:000000000000:stateMachine:Express';
const EXPRESS = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };
const begun = Date.now() / 1000;
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
  const role = { may: () => true } as unknown as RoleSession;
  const properties = { DefinitionString: JSON.stringify(DEFINITION), RoleArn: 'role' };
  stepFunctions.createStateMachine(stateMachineArn, properties, role);
  const DefinitionString = JSON.stringify(EXPRESS);
  const StateMachineType = 'EXPRESS' as const;
  stepFunctions.createStateMachine(express, { DefinitionString, StateMachineType, RoleArn: 'role' }, role);
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

/** The answer to a call. It has to be as the model of Step Functions says. */
async function call<T>(action: string, input: object): Promise<T> {
  const output = await perform<T>(stepFunctions, action, { ...input });
  expect(differencesFromModel(sfn, action, output)).toEqual([]);
  return output;
}

/** An execution that has ended; its input is a text and so is its output. */
async function ended(name: string): Promise<string> {
  const count = tasks.length;
  const { executionArn } = await start(name, '"in"');
  await eventually(async () => tasks.length > count);
  for (const end of tasks) end();
  await eventually(async () => (await describeExecution(executionArn)).status !== 'RUNNING');
  return executionArn;
}

interface History {
  readonly events: readonly { readonly id: number; readonly [details: string]: unknown }[];
  readonly nextToken?: string;
}

test('the history of an execution has what the model requires, and no more', async () => {
  const executionArn = await ended('history');

  const { events } = await call<History>('GetExecutionHistory', { executionArn });

  const truncated = { truncated: false };
  const task = { resourceType: 'lambda', resource: 'invoke' };
  expect(events).toMatchObject([
    { executionStartedEventDetails: { input: '"in"', inputDetails: truncated, roleArn: 'role' } },
    { stateEnteredEventDetails: { name: 'Wait', input: '"in"', inputDetails: truncated } },
    { taskScheduledEventDetails: { ...task, region: 'us-east-1', parameters: '"in"' } },
    { taskStartedEventDetails: task },
    { taskSucceededEventDetails: task },
    { stateExitedEventDetails: { name: 'Wait' } },
    { type: 'ExecutionSucceeded' },
  ]);
});

test('without the data of an execution, its history has no input and no output', async () => {
  const executionArn = await ended('without-data');

  const { events } = await call<History>('GetExecutionHistory', {
    executionArn,
    includeExecutionData: false,
  });

  expect(events).toHaveLength(7);
  expect(JSON.stringify(events)).not.toMatch(/"(in|out)put/);
});

test('the history comes page by page', async () => {
  const executionArn = await ended('pages');
  const ids: number[] = [];
  let nextToken: string | undefined;
  do {
    const page: History = await call('GetExecutionHistory', { executionArn, maxResults: 3, nextToken });
    ids.push(...page.events.map(({ id }) => id));
    nextToken = page.nextToken;
  } while (nextToken);

  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('every other answer is as the model says, too', async () => {
  const executionArn = await ended('described');
  const { creationDate } = await call<{ creationDate: number }>('DescribeStateMachine', { stateMachineArn });
  const sync = await call('StartSyncExecution', { stateMachineArn: express, input: '"a"' });

  expect(creationDate).toBeGreaterThanOrEqual(Math.floor(begun));
  expect(creationDate).toBeLessThanOrEqual(Date.now() / 1000);
  expect(sync).toMatchObject({ status: 'SUCCEEDED', output: '"a"', input: '"a"' });
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ input: '"in"', redriveCount: 0 });
  expect(await call('ListExecutions', { stateMachineArn, maxResults: 1 })).toMatchObject({
    executions: [{ executionArn, status: 'SUCCEEDED' }],
  });
  await call('StopExecution', { executionArn });
});

test('lists take their filters and their sizes', async () => {
  const executionArn = await ended('listed');
  const { executionArn: running } = await start('running');
  interface Listed {
    readonly executions: readonly { readonly executionArn: string }[];
  }
  const list = async (filter: object) => {
    const { executions } = await call<Listed>('ListExecutions', { stateMachineArn, ...filter });
    return executions.map((execution) => execution.executionArn);
  };

  expect(await list({ statusFilter: 'SUCCEEDED' })).toContain(executionArn);
  expect(await list({ statusFilter: 'SUCCEEDED' })).not.toContain(running);
  expect(await list({ redriveFilter: 'REDRIVEN' })).toEqual([]);
  expect(await list({ redriveFilter: 'NOT_REDRIVEN' })).toContain(executionArn);
  await expect(list({ statusFilter: 'DONE' })).rejects.toMatchObject({ code: 'ValidationException' });
  await expect(list({ redriveFilter: 'x' })).rejects.toMatchObject({ code: 'ValidationException' });

  const first = await call<{ stateMachines: object[]; nextToken: string }>('ListStateMachines', {
    maxResults: 1,
  });
  const second = await call('ListStateMachines', { maxResults: 1, nextToken: first.nextToken });
  expect(first.stateMachines).toMatchObject([{ name: 'Express', type: 'EXPRESS' }]);
  expect(second).toEqual({ stateMachines: [expect.objectContaining({ name: 'Waiting' })] });
});

const prefix = 'arn:aws:states:us-east-1:000000000000';

test.each([
  ['DescribeExecution', { executionArn: 'x' }, 'InvalidArn'],
  ['DescribeExecution', { executionArn: `${prefix}:express:Express:name:id` }, 'InvalidArn'],
  ['DescribeExecution', { executionArn: stateMachineArn }, 'InvalidArn'],
  ['DescribeExecution', { executionArn: `${prefix}:execution:Waiting:no` }, 'ExecutionDoesNotExist'],
  ['GetExecutionHistory', { executionArn: `${prefix}:express:Express:name:id` }, 'InvalidArn'],
  ['StopExecution', { executionArn: `${prefix}:express:Express:name:id` }, 'InvalidArn'],
  ['ListExecutions', { stateMachineArn: 'x' }, 'InvalidArn'],
  ['ListExecutions', { stateMachineArn: express }, 'StateMachineTypeNotSupported'],
  ['DescribeStateMachine', { stateMachineArn: 'arn:aws:sqs:us-east-1:000000000000:q' }, 'InvalidArn'],
  ['DescribeStateMachine', { stateMachineArn: `${prefix}:stateMachine:No` }, 'StateMachineDoesNotExist'],
  ['StartExecution', { stateMachineArn: `${prefix}:execution:Waiting:a` }, 'InvalidArn'],
  ['StartSyncExecution', { stateMachineArn: 'Express' }, 'InvalidArn'],
  ['StartSyncExecution', { stateMachineArn }, 'StateMachineTypeNotSupported'],
])('%s of %j is %s', async (action, input, code) => {
  await expect(perform(stepFunctions, action, { ...input })).rejects.toMatchObject({ code });
});

describe('METADATA_ONLY', () => {
  const includedData = 'METADATA_ONLY';

  test('leaves out the definition', async () => {
    expect(await call('DescribeStateMachine', { stateMachineArn, includedData })).toMatchObject({
      definition: '{}',
    });
  });

  test('leaves out the data of an execution', async () => {
    const executionArn = await ended('metadata');
    const described = await call('DescribeExecution', { executionArn, includedData });

    expect(described).toMatchObject({ status: 'SUCCEEDED', inputDetails: { included: false } });
    expect(described).not.toHaveProperty('input');
    expect(described).not.toHaveProperty('output');
    expect(
      await call('StartSyncExecution', { stateMachineArn: express, input: '"in"', includedData }),
    ).toMatchObject({
      status: 'SUCCEEDED',
      outputDetails: { included: false },
    });
  });

  test('is the only other value', async () => {
    await expect(
      call('DescribeStateMachine', { stateMachineArn, includedData: 'ALL' }),
    ).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('[ALL_DATA, METADATA_ONLY]'),
    });
  });
});

describe('a backslash beside States.Format', () => {
  const formatting = 'arn:aws:states:us-east-1:000000000000:stateMachine:Formatting';
  const definition = {
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'fn' },
        Next: 'Say',
      },
      Say: { Type: 'Pass', Parameters: { 'text.$': "States.Format('{}', $.text)" }, End: true },
    },
  };
  const answers = new StepFunctions({ [RESOURCE]: async () => ({ text: 'C:\\temp' }) }, () => {});
  const input = (text: string) => ({ stateMachineArn: formatting, input: JSON.stringify({ text }) });

  beforeAll(() => {
    const role = { may: () => true } as unknown as RoleSession;
    const properties = {
      DefinitionString: JSON.stringify(definition),
      StateMachineType: 'EXPRESS' as const,
      RoleArn: 'role',
    };
    answers.createStateMachine(formatting, properties, role);
  });

  test('in the input is refused, because the interpreter would lose it', async () => {
    await expect(perform(answers, 'StartSyncExecution', input('C:\\temp'))).rejects.toMatchObject({
      code: 'InvalidExecutionInput',
      message: expect.stringContaining('States.Format beside data with a backslash'),
    });
  });

  test('in what a task answers ends the execution', async () => {
    expect(await perform(answers, 'StartSyncExecution', input('a "quoted" line\n'))).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('States.Format beside data with a backslash'),
    });
  });
});
