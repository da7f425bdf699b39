import {
  executionHistory,
  type InterpreterEvent,
  type TaskAttempt,
} from '../../../local/step-functions/execution-history';

const state = { name: 'AddUserToGroup', type: 'Task', input: { a: 1 } };
const at = (timestamp: number, type: string, rest: Partial<InterpreterEvent> = {}) => ({
  type,
  timestamp,
  ...rest,
});
const attempt = (scheduledAt: number, end?: TaskAttempt['end']): TaskAttempt => {
  return { stateName: state.name, resource: 'lambda', parameters: {}, scheduledAt, end };
};
const typesOf = (...args: Parameters<typeof executionHistory>) =>
  executionHistory(...args).map(({ type }) => type);

test('tells a retry: each attempt with its end and its number', () => {
  const failure = { Error: 'Throttled', Cause: 'slow down' };
  const events = [
    at(0, 'ExecutionStarted', { input: { a: 1 } }),
    at(0, 'StateEntered', { state }),
    at(10, 'StateFailed', { state, ...failure }),
    at(20, 'StateRetried', { state }),
    at(30, 'StateExited', { state: { ...state, output: { b: 2 } } }),
    at(30, 'ExecutionSucceeded', { output: { b: 2 } }),
  ];
  const attempts = [
    attempt(0, { at: 10, error: 'Throttled', cause: 'slow down' }),
    attempt(20, { at: 30, output: { b: 2 } }),
  ];

  expect(executionHistory(events, attempts).map(({ type, details }) => ({ type, details }))).toEqual([
    { type: 'ExecutionStarted', details: { input: { a: 1 } } },
    { type: 'TaskStateEntered', details: { name: 'AddUserToGroup', input: { a: 1 } } },
    { type: 'TaskScheduled', details: { resource: 'lambda', parameters: {}, retry: 0 } },
    { type: 'TaskStarted', details: { resource: 'lambda' } },
    { type: 'TaskFailed', details: { resource: 'lambda', error: 'Throttled', cause: 'slow down' } },
    { type: 'TaskScheduled', details: { resource: 'lambda', parameters: {}, retry: 1 } },
    { type: 'TaskStarted', details: { resource: 'lambda' } },
    { type: 'TaskSucceeded', details: { resource: 'lambda', output: { b: 2 } } },
    { type: 'TaskStateExited', details: { name: 'AddUserToGroup', output: { b: 2 } } },
    { type: 'ExecutionSucceeded', details: { output: { b: 2 } } },
  ]);
});

test('tells a task time-out, whatever the task does later', () => {
  const events = [
    at(0, 'StateEntered', { state }),
    at(2_000, 'StateFailed', { state, Error: 'States.Timeout' }),
  ];

  expect(typesOf(events, [attempt(0, { at: 9_000, output: {} })])).toEqual([
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskTimedOut',
  ]);
});

test('tells what is still running', () => {
  expect(typesOf([at(0, 'StateEntered', { state })], [attempt(0)])).toEqual([
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
  ]);
});

test("tells a machine's time-out after what was running then", () => {
  const events = [at(0, 'StateEntered', { state }), at(3_000, 'ExecutionTimeout')];

  expect(typesOf(events, [attempt(1)])).toEqual([
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'ExecutionTimedOut',
  ]);
});
