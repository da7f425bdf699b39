import { Coverage } from '../../../simulation/promise/coverage';

const DEFINITION = {
  StartAt: 'Work',
  States: {
    Work: {
      Type: 'Task',
      Retry: [{ ErrorEquals: ['Throttled'] }, { ErrorEquals: ['States.TaskFailed'] }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
    Failed: { Type: 'Fail', Error: 'GivenUp' },
  },
};

const state = (name: string) => ({ name, type: 'Task' });

test('counts states, transitions, retriers and catchers, and shows what was never taken', () => {
  const coverage = new Coverage(DEFINITION);
  const follow = coverage.follow();
  follow({ type: 'StateEntered', state: state('Work') });
  follow({ type: 'StateFailed', state: state('Work'), Error: 'Throttled' });
  follow({ type: 'StateFailed', state: state('Work'), Error: 'States.Timeout' });
  follow({ type: 'StateCaught', state: state('Work') });
  follow({ type: 'StateEntered', state: state('Failed') });

  expect(coverage.counts).toEqual({
    Work: 1,
    'Work → Done': 0,
    'Work → Failed': 1,
    'Work.Retry[0]': 1,
    'Work.Retry[1]': 0,
    'Work.Catch[0]': 1,
    Done: 0,
    Failed: 1,
  });
  expect([...coverage.errors]).toEqual(['GivenUp']);
});

test('two executions at once do not mix up their errors', () => {
  const coverage = new Coverage({
    StartAt: 'Work',
    States: {
      Work: {
        Type: 'Task',
        Catch: [
          { ErrorEquals: ['Throttled'], Next: 'Failed' },
          { ErrorEquals: ['Denied'], Next: 'Failed' },
        ],
      },
      Failed: { Type: 'Fail' },
    },
  });
  const [one, other] = [coverage.follow(), coverage.follow()];
  one({ type: 'StateFailed', state: state('Work'), Error: 'Throttled' });
  other({ type: 'StateFailed', state: state('Work'), Error: 'Denied' });
  one({ type: 'StateCaught', state: state('Work') });

  expect(coverage.counts['Work.Catch[0]']).toBe(1);
  expect(coverage.counts['Work.Catch[1]']).toBe(0);
});
