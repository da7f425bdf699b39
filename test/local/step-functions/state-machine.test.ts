import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RoleSession } from '../../../local/iam/role-session';
import { wholeHistory } from '../../../local/step-functions/history-page';
import { StateMachine } from '../../../local/step-functions/state-machine';
import type { TaskResource } from '../../../local/step-functions/tasks/task';
import { taskResources } from '../../../local/step-functions/tasks/task-resources';

const RESOURCE = 'arn:aws:states:::lambda:invoke';

const DEFINITION = {
  StartAt: 'Greet',
  States: { Greet: { Type: 'Task', Resource: RESOURCE, Parameters: { 'name.$': '$.name' }, End: true } },
};

const start = (greet: TaskResource) => {
  const machine = new StateMachine(
    'arn:aws:states:us-east-1:000000000000:stateMachine:Greeting',
    { DefinitionString: JSON.stringify(DEFINITION), StateMachineType: 'EXPRESS', RoleArn: 'role' },
    { [RESOURCE]: greet },
    {} as RoleSession,
  );
  return machine.start('arn', 'name', { name: 'Ada' }, () => {});
};

test('an execution that has ended still tells its history, and cannot be aborted', async () => {
  const { execution, ended } = start(async ({ name }: { name: string }) => `Hello, ${name}`);
  expect(execution.history().map(({ type }) => type)).not.toContain('ExecutionSucceeded');
  await ended;

  execution.abort();

  expect(execution).toMatchObject({ status: 'SUCCEEDED', output: 'Hello, Ada' });
  expect(execution.history()).toMatchObject([
    { id: 1, type: 'ExecutionStarted', details: { input: { name: 'Ada' } } },
    { id: 2, type: 'TaskStateEntered', stateName: 'Greet', details: { input: { name: 'Ada' } } },
    { id: 3, type: 'TaskScheduled', details: { resource: RESOURCE, parameters: { name: 'Ada' }, retry: 0 } },
    { id: 4, type: 'TaskStarted' },
    { id: 5, type: 'TaskSucceeded', details: { output: 'Hello, Ada' } },
    { id: 6, type: 'TaskStateExited', details: { output: 'Hello, Ada' } },
    { id: 7, type: 'ExecutionSucceeded', details: { output: 'Hello, Ada' } },
  ]);
});

test('an execution that has ended keeps nothing of what ran it', async () => {
  let parameters: WeakRef<object> | undefined;
  const { execution, ended } = start(async (given: object) => {
    parameters = new WeakRef(given);
    return null;
  });
  await ended;
  // A WeakRef holds what it refers to until its turn of the event loop ends.
  await setImmediate();
  collectGarbage();

  expect(parameters?.deref()).toBeUndefined();
  expect(execution.history()).toHaveLength(7);
});

describe('a task whose resource is the ARN of a function', () => {
  const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:greet:live';
  const run = async (outcome: { payload: string; failed: boolean }) => {
    const invokeFunction = jest.fn(async () => outcome);
    const unused = jest.fn();
    const resources = taskResources({
      invokeFunction,
      sendMessage: unused,
      startExecution: unused,
      putEvents: unused,
      updateItem: unused,
    });
    const States = { Greet: { Type: 'Task', Resource: FUNCTION, End: true } };
    const DefinitionString = JSON.stringify({ StartAt: 'Greet', States });
    const properties = { DefinitionString, RoleArn: 'role' };
    const machine = new StateMachine('arn:machine', properties, resources, {} as RoleSession);
    const { execution, ended } = machine.start('arn', 'name', { name: 'Ada' }, () => {});
    await ended;
    return { execution, invokeFunction };
  };

  test('gives the function its input, and has the bare answer as its output', async () => {
    const { execution, invokeFunction } = await run({ payload: '{"hello":"Ada"}', failed: false });

    expect(invokeFunction).toHaveBeenCalledWith(expect.anything(), FUNCTION, '{"name":"Ada"}');
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { hello: 'Ada' } });
    expect(wholeHistory(execution, 'role').events.slice(2, 5)).toMatchObject([
      {
        type: 'LambdaFunctionScheduled',
        lambdaFunctionScheduledEventDetails: { resource: FUNCTION, input: '{"name":"Ada"}' },
      },
      { type: 'LambdaFunctionStarted' },
      { type: 'LambdaFunctionSucceeded', lambdaFunctionSucceededEventDetails: { output: '{"hello":"Ada"}' } },
    ]);
  });

  test("fails with the function's error", async () => {
    const payload = '{"errorType":"Refused","errorMessage":"no"}';

    const { execution } = await run({ payload, failed: true });

    expect(execution).toMatchObject({ status: 'FAILED', error: 'Refused', cause: payload });
  });
});

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
