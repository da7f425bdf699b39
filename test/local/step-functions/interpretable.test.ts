import type { RoleSession } from '../../../local/iam/role-session';
import { StateMachine } from '../../../local/step-functions/state-machine';
import type { TaskResource } from '../../../local/step-functions/tasks/task';

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:Faithful';
const role = {} as RoleSession;

/** Runs a definition to its end. By default, its tasks answer with their parameters. */
async function run(definition: object, input: unknown = {}, resource: TaskResource = async (given) => given) {
  const DefinitionString = JSON.stringify(definition);
  const properties = { DefinitionString, StateMachineType: 'EXPRESS', RoleArn: 'arn:role' } as const;
  const machine = new StateMachine(ARN, properties, { [RESOURCE]: resource }, role);
  const { execution, ended } = machine.start('arn:execution', 'name', input, () => {});
  await ended;
  return execution;
}

const CAUGHT = { Type: 'Pass', End: true };
const withTask = (task: { readonly Catch?: object[]; readonly [field: string]: unknown }) => ({
  StartAt: 'Task',
  States: { Task: { Type: 'Task', Resource: RESOURCE, ...task }, ...(task.Catch && { Caught: CAUGHT }) },
});

describe('a comparison', () => {
  const matches = async (rule: object, value: unknown): Promise<unknown> => {
    const choice = { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' };
    const States = {
      Choice: choice,
      Yes: { Type: 'Pass', Result: { matches: true }, End: true },
      No: { Type: 'Pass', Result: { matches: false }, End: true },
    };
    const { output } = await run({ StartAt: 'Choice', States }, { value, limit: 5, other: 'b' });
    return (output as { matches: boolean }).matches;
  };
  const Variable = '$.value';
  const MOMENT = '2026-11-26T12:00:00Z';

  test.each([
    [{ Variable, NumericLessThan: 5 }, 3, true],
    [{ Variable, NumericLessThan: 5 }, '3', false],
    [{ Variable, NumericLessThanEquals: 5 }, '5', false],
    [{ Variable, NumericGreaterThan: 5 }, '9', false],
    [{ Variable, NumericGreaterThanEquals: 5 }, '5', false],
    [{ Variable, NumericEquals: 5 }, '5', false],
    [{ Variable, NumericLessThanPath: '$.limit' }, '3', false],
    [{ Variable, NumericLessThanPath: '$.limit' }, 3, true],
    [{ Variable, NumericLessThan: 5 }, null, false],
    [{ Variable, NumericGreaterThan: 0 }, true, false],
    [{ Variable, StringLessThan: '5' }, '3', true],
    [{ Variable, StringLessThan: '5' }, 3, false],
    [{ Variable, StringGreaterThanEquals: '5' }, 7, false],
    [{ Variable, StringLessThanPath: '$.other' }, 'a', true],
    [{ Variable, StringMatches: 'a*' }, 'abc', true],
    [{ Variable, StringMatches: 'a*' }, 5, false],
    [{ Variable, StringMatches: 'a?' }, 'ab', false],
    [{ Variable, StringMatches: 'a?' }, 'a?', true],
    [{ Variable, TimestampGreaterThan: '2020-01-01T00:00:00Z' }, MOMENT, true],
    [{ Variable, TimestampGreaterThan: '2020-01-01T00:00:00Z' }, 4e12, false],
    [{ Variable, TimestampEquals: MOMENT }, 'Nov 26 2026 12:00 UTC', false],
    [{ Variable, IsTimestamp: true }, [MOMENT], false],
    [{ Not: { Variable, NumericLessThan: 5 } }, '3', true],
    [
      {
        And: [
          { Variable, IsPresent: true },
          { Variable, NumericLessThan: 5 },
        ],
      },
      '3',
      false,
    ],
    [
      {
        Or: [
          { Variable, IsNull: true },
          { Variable, NumericGreaterThan: 5 },
        ],
      },
      '9',
      false,
    ],
  ])('%j with %j: %s', async (rule, value, expected) => {
    expect(await matches(rule, value)).toBe(expected);
  });
});

describe('the parameters of a task', () => {
  const Catch = [{ ErrorEquals: ['States.ParameterPathFailure'], ResultPath: '$.failure', Next: 'Caught' }];

  test('a path without a value can be caught by its name', async () => {
    const { status, output } = await run(
      withTask({ Parameters: { 'name.$': '$.missing' }, Catch, End: true }),
      { a: 1 },
    );

    expect(status).toBe('SUCCEEDED');
    expect(output).toEqual({
      a: 1,
      failure: {
        Error: 'States.ParameterPathFailure',
        Cause: `The JSONPath '$.missing' could not be found in the input '{"a":1}'`,
      },
    });
  });

  test('nothing is called, and the history says so', async () => {
    const resource = jest.fn();

    const execution = await run(withTask({ Parameters: { 'a.$': '$.no' }, End: true }), {}, resource);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.ParameterPathFailure' });
    expect(resource).not.toHaveBeenCalled();
    expect(execution.history().map(({ type }) => type)).not.toContain('TaskScheduled');
  });

  test('have the input, the context and intrinsic functions', async () => {
    const Parameters = {
      fixed: 1,
      nested: [{ 'a.$': '$.a' }],
      'name.$': '$$.Execution.Name',
      'machine.$': '$$.StateMachine.Id',
      'role.$': '$$.Execution.RoleArn',
      'original.$': '$$.Execution.Input.a',
      'text.$': "States.Format('{} of {}', $.a, $$.Execution.Name)",
    };
    const change = { Type: 'Pass', Result: { a: 2 }, Next: 'Task' };
    const { States } = withTask({ Parameters, End: true });

    const { output } = await run({ StartAt: 'Change', States: { Change: change, ...States } }, { a: 1 });

    expect(output).toEqual({
      fixed: 1,
      nested: [{ a: 2 }],
      name: 'name',
      machine: ARN,
      role: 'arn:role',
      original: 1,
      text: '2 of name',
    });
  });

  test('have one start time for the whole execution', async () => {
    const Parameters = { 'at.$': '$$.Execution.StartTime' };
    const second = { Type: 'Task', Resource: RESOURCE, Parameters, ResultPath: '$.second', End: true };
    const { States } = withTask({ Parameters, ResultPath: '$.first', Next: 'Second' });
    const slow: TaskResource = async (given) => new Promise((resolve) => setTimeout(resolve, 5, given));

    const { output } = await run({ StartAt: 'Task', States: { ...States, Second: second } }, {}, slow);

    const { first, second: last } = output as Record<string, { at: string }>;
    expect(first?.at).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(last).toEqual(first);
  });

  test('an intrinsic function that fails can be caught', async () => {
    const Parameters = { 'a.$': "States.ArrayLength('x')" };
    const { error } = await run(withTask({ Parameters, End: true }));

    expect(error).toBe('States.IntrinsicFailure');
  });
});

describe('a time-out of a task', () => {
  const never: TaskResource = () => new Promise(() => {});
  const definition = (ErrorEquals: string[]) => {
    const Catch = [{ ErrorEquals, Next: 'Caught' }];
    return withTask({ TimeoutSeconds: 1, Catch, End: true });
  };

  test('has an empty cause', async () => {
    const { output } = await run(definition(['States.Timeout']), {}, never);

    expect(output).toEqual({ Error: 'States.Timeout', Cause: '' });
  });

  test('is none of States.TaskFailed', async () => {
    const execution = await run(definition(['States.TaskFailed']), {}, never);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(execution.history().map(({ type }) => type)).toContain('TaskTimedOut');
  });
});

test('a Fail state says no more than it was given', async () => {
  const execution = await run({ StartAt: 'Fail', States: { Fail: { Type: 'Fail' } } });

  expect(execution.status).toBe('FAILED');
  expect(execution.error).toBeUndefined();
  expect(execution.cause).toBeUndefined();
});
