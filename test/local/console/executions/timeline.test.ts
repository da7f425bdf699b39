import { visitsIn, waitsIn } from '../../../../local/console/executions/timeline';
import { TaskError } from '../../../../local/step-functions/tasks/task';
import { runOf, stepFunctionsWith, task } from '../../../support/runs';

const RETRY = [{ ErrorEquals: ['Throttled'], IntervalSeconds: 1, MaxAttempts: 1 }];
const throttled = () => {
  throw new TaskError('Throttled', 'slow down');
};

test('has each attempt of a task, and the wait between them', async () => {
  const answers = [throttled, () => ({})];
  const machine = stepFunctionsWith(
    {
      StartAt: 'Add',
      States: { Add: task('add', { Retry: RETRY, Next: 'Done' }), Done: { Type: 'Succeed' } },
    },
    { add: () => answers.shift()?.() },
  );

  const [add, done] = visitsIn((await runOf(machine)).history());

  expect([add?.name, done?.name]).toEqual(['Add', 'Done']);
  expect(add?.attempts.map(({ error }) => error)).toEqual(['Throttled', undefined]);
  const [wait, ...others] = add ? waitsIn(add) : [];
  expect(others).toEqual([]);
  expect(wait).toEqual({ from: add?.attempts[0]?.to, to: add?.attempts[1]?.from });
  expect((wait?.to ?? 0) - (wait?.from ?? 0)).toBeGreaterThanOrEqual(900);
});

const event = (id: number, type: string, stateName?: string, details = {}) => ({
  id,
  type,
  timestamp: new Date(id * 1000).toISOString(),
  ...(stateName && { stateName }),
  details,
});

test('has a visit for each time that a loop comes back', () => {
  const history = [
    event(0, 'ExecutionStarted'),
    event(1, 'TaskStateEntered', 'Page'),
    event(2, 'TaskStateExited', 'Page'),
    event(3, 'TaskStateEntered', 'Page'),
  ];

  expect(visitsIn(history)).toEqual([
    { name: 'Page', from: 1000, to: 2000, attempts: [] },
    { name: 'Page', from: 3000, attempts: [] },
  ]);
});

test('a wait lasts until the next attempt begins, and none follows the last one', () => {
  const failed = { from: 0, to: 1000, parameters: {}, error: 'Throttled' };

  expect(waitsIn({ name: 'Add', from: 0, attempts: [failed] })).toEqual([{ from: 1000 }]);
  expect(waitsIn({ name: 'Add', from: 0, to: 1000, attempts: [failed] })).toEqual([]);
  expect(waitsIn({ name: 'Add', from: 0, attempts: [{ from: 0, parameters: {} }] })).toEqual([]);
});
