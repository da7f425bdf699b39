import type { Definition } from '../../../../local/console/graph/graph-layout';
import { coverageOf } from '../../../../local/console/state-machines/coverage';
import { TaskError } from '../../../../local/step-functions/tasks/task';
import { runOf, stepFunctionsWith, task } from '../../../support/runs';

const RETRY = [
  { ErrorEquals: ['Never'], MaxAttempts: 1 },
  { ErrorEquals: ['Throttled'], IntervalSeconds: 1, MaxAttempts: 1, JitterStrategy: 'FULL' },
];
const CATCH = [
  { ErrorEquals: ['Throttled'], Next: 'Park' },
  { ErrorEquals: ['States.ALL'], Next: 'Refuse' },
];
const DEFINITION = {
  StartAt: 'Choose',
  States: {
    Choose: {
      Type: 'Choice',
      Choices: [{ Variable: '$.skip', BooleanEquals: true, Next: 'Done' }],
      Default: 'Add',
    },
    Add: task('add', { Retry: RETRY, Catch: CATCH, Next: 'Done' }),
    Park: { Type: 'Pass', Next: 'Refuse' },
    Refuse: { Type: 'Fail', Error: 'Refused' },
    Done: { Type: 'Succeed' },
  },
};

const fail = (name: string) => () => {
  throw new TaskError(name, 'because');
};

/** Runs the machine once for each list of answers. */
async function coverage(inputs: readonly { skip: boolean; answers?: (() => unknown)[] }[]) {
  const answers = inputs.flatMap((input) => input.answers ?? []);
  const machine = stepFunctionsWith(DEFINITION, { add: () => answers.shift()?.() });
  for (const { skip } of inputs) await runOf(machine, { skip });
  return coverageOf(DEFINITION as unknown as Definition, machine.executions);
}

const inWords = ({ steps }: Awaited<ReturnType<typeof coverage>>) =>
  Object.fromEntries(
    steps.map(({ kind, from, to = 'end', errors, count }) => [
      [kind, from, to, ...(errors ?? [])].join(' '),
      count,
    ]),
  );

const NEVER = {
  'Choice Choose Done': 0,
  'Default Choose Add': 0,
  'Next Add Done': 0,
  'Retry Add Add Never': 0,
  'Retry Add Add Throttled': 0,
  'Catch Add Park Throttled': 0,
  'Catch Add Refuse States.ALL': 0,
  'Next Park Refuse': 0,
  'End Refuse end': 0,
  'End Done end': 0,
};

test('a machine that never ran has all its steps, none of them taken', async () => {
  expect(inWords(await coverage([]))).toEqual(NEVER);
});

test('counts a choice, and the end', async () => {
  const covered = await coverage([{ skip: true }, { skip: true }]);

  expect(inWords(covered)).toEqual({ ...NEVER, 'Choice Choose Done': 2, 'End Done end': 2 });
  expect(Object.fromEntries(covered.visits)).toEqual({ Choose: 2, Done: 2 });
});

test('counts a retry that helped', async () => {
  const covered = await coverage([{ skip: false, answers: [fail('Throttled'), () => ({})] }]);

  expect(inWords(covered)).toEqual({
    ...NEVER,
    'Default Choose Add': 1,
    'Retry Add Add Throttled': 1,
    'Next Add Done': 1,
    'End Done end': 1,
  });
});

test.each([
  ['Throttled', 2, { 'Retry Add Add Throttled': 1, 'Catch Add Park Throttled': 1, 'Next Park Refuse': 1 }],
  ['Other', 1, { 'Catch Add Refuse States.ALL': 1 }],
])('counts the catch of %s', async (error, attempts, taken) => {
  const covered = await coverage([{ skip: false, answers: Array(attempts).fill(fail(error)) }]);

  expect(inWords(covered)).toEqual({ ...NEVER, 'Default Choose Add': 1, ...taken, 'End Refuse end': 1 });
});
