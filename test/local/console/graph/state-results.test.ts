import { retriesOf, stateResults } from '../../../../local/console/graph/state-results';
import type { Execution } from '../../../../local/step-functions/execution';
import { TaskError } from '../../../../local/step-functions/tasks/task';
import { runOf, stepFunctionsWith, task } from '../../../support/runs';

const RETRY = [{ ErrorEquals: ['Throttled'], IntervalSeconds: 1, MaxAttempts: 1, JitterStrategy: 'FULL' }];
const resultsOf = (execution: Execution) => stateResults(execution, execution.history());
const throttled = () => {
  throw new TaskError('Throttled', 'slow down');
};

test('tells what succeeded, with its input and output', async () => {
  const machine = stepFunctionsWith(
    { StartAt: 'Add', States: { Add: task('add', { Next: 'Done' }), Done: { Type: 'Succeed' } } },
    { add: () => ({ added: 1 }) },
  );

  const results = resultsOf(await runOf(machine, { a: 1 }));

  expect(results.get('Add')).toMatchObject({
    outcome: 'succeeded',
    input: { a: 1 },
    output: { added: 1 },
    visits: 1,
    attempts: [{ startedAt: expect.any(Number), endedAt: expect.any(Number) }],
  });
  expect(results.get('Done')).toMatchObject({ outcome: 'succeeded' });
});

test('tells each attempt of a task whose error was caught in the end', async () => {
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Refuse' }];
  const machine = stepFunctionsWith(
    {
      StartAt: 'Add',
      States: {
        Add: task('add', { Retry: RETRY, Catch, Next: 'Never' }),
        Refuse: { Type: 'Fail', Error: 'Refused', Cause: 'because' },
        Never: { Type: 'Succeed' },
      },
    },
    { add: throttled },
  );

  const results = resultsOf(await runOf(machine));

  const add = results.get('Add');
  expect(add).toMatchObject({ outcome: 'caught', error: 'Throttled', cause: 'slow down' });
  expect(add?.attempts.map(({ error }) => error)).toEqual(['Throttled', 'Throttled']);
  expect(add && retriesOf(add)).toBe(1);
  expect(results.get('Refuse')).toMatchObject({ outcome: 'failed', error: 'Refused', cause: 'because' });
  expect(results.has('Never')).toBe(false);
});

test('tells a retry that helped', async () => {
  const answers = [throttled, () => ({})];
  const machine = stepFunctionsWith(
    { StartAt: 'Add', States: { Add: task('add', { Retry: RETRY, End: true }) } },
    { add: () => answers.shift()?.() },
  );

  const add = resultsOf(await runOf(machine)).get('Add');

  expect(add).toMatchObject({ outcome: 'succeeded', error: undefined });
  expect(add && retriesOf(add)).toBe(1);
});

test('tells a task whose error nobody caught', async () => {
  const machine = stepFunctionsWith({ StartAt: 'Add', States: { Add: task('add') } }, { add: throttled });

  expect(resultsOf(await runOf(machine)).get('Add')).toMatchObject({ outcome: 'failed', error: 'Throttled' });
});

test('tells a state without a task whose error ended the execution', async () => {
  const Choices = [{ Variable: '$.a', NumericEquals: 1, Next: 'Done' }];
  const machine = stepFunctionsWith({
    StartAt: 'Choose',
    States: { Choose: { Type: 'Choice', Choices }, Done: { Type: 'Succeed' } },
  });

  expect(resultsOf(await runOf(machine, { a: 2 })).get('Choose')).toMatchObject({
    outcome: 'failed',
    error: 'States.NoChoiceMatched',
  });
});

test('tells what runs, and what was canceled when its execution was aborted', async () => {
  let answer: (output: unknown) => void = () => {};
  const answered = new Promise((resolve) => {
    answer = resolve;
  });
  const machine = stepFunctionsWith(
    { StartAt: 'Add', States: { Add: task('add') } },
    { add: () => answered },
  );
  const ended = runOf(machine);
  await new Promise(setImmediate);
  const [execution] = machine.executions;
  const before = execution && resultsOf(execution).get('Add')?.outcome;

  execution?.abort();

  expect(before).toBe('running');
  expect(resultsOf(await ended).get('Add')).toMatchObject({ outcome: 'aborted' });
  // The interpreter keeps a timer for as long as the task runs.
  answer({});
});

test("tells a loop's last visit", async () => {
  let rounds = 0;
  const Choices = [{ Variable: '$.round', NumericLessThan: 3, Next: 'Add' }];
  const machine = stepFunctionsWith(
    {
      StartAt: 'Add',
      States: {
        Add: task('add', { Next: 'Again' }),
        Again: { Type: 'Choice', Choices, Default: 'Done' },
        Done: { Type: 'Succeed' },
      },
    },
    { add: () => ({ round: ++rounds }) },
  );

  const results = resultsOf(await runOf(machine));

  expect(results.get('Add')).toMatchObject({ visits: 3, input: { round: 2 }, output: { round: 3 } });
  expect([...results.keys()]).toEqual(['Add', 'Again', 'Done']);
});

test('says whenever an execution has come further', async () => {
  let changes = 0;
  const machine = stepFunctionsWith({ StartAt: 'Add', States: { Add: task('add') } }, {}, () => {
    changes += 1;
  });

  await runOf(machine);

  expect(changes).toBeGreaterThan(3);
});
