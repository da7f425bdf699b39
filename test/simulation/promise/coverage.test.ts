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
