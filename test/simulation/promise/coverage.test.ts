import { type InterpreterEvent, StateMachine } from '../../../simulation/code/interpreter';
import { withSignposts } from '../../../simulation/code/signposts';
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

test('each branch counts by itself, where two lead to the same state as well', async () => {
  const definition = {
    StartAt: 'IsEven',
    States: {
      IsEven: {
        Type: 'Choice' as const,
        Choices: [{ Variable: '$.even', IsPresent: true, Next: 'Done' }],
        Default: 'Done',
      },
      Done: { Type: 'Succeed' as const },
    },
  };
  const coverage = new Coverage(definition);
  const follow = coverage.follow();

  const run = new StateMachine(withSignposts(definition)).run({});
  for await (const event of run.eventLogs) follow(event as InterpreterEvent);

  expect(await run.result).toEqual({});
  expect(coverage.counts).toEqual({
    IsEven: 1,
    'IsEven.Choices[0] → Done': 0,
    'IsEven.Default → Done': 1,
    Done: 1,
  });
});

test('a transition and a catcher with the same next state are two', () => {
  const coverage = new Coverage({
    StartAt: 'Work',
    States: {
      Work: { Type: 'Task', Next: 'Done', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] },
      Done: { Type: 'Succeed' },
    },
  });
  const follow = coverage.follow();
  follow({ type: 'StateEntered', state: state('Work') });
  follow({ type: 'StateFailed', state: state('Work'), Error: 'Throttled' });
  follow({ type: 'StateCaught', state: state('Work') });
  follow({ type: 'StateEntered', state: state('Done') });

  expect(coverage.counts).toEqual({ Work: 1, 'Work → Done': 0, 'Work.Catch[0]': 1, Done: 1 });
});
