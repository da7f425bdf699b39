import {
  executionPage,
  PAGE_SIZE,
  statusCounts,
  userOf,
} from '../../../../local/console/executions/execution-list';
import type { Execution } from '../../../../local/step-functions/execution';

const ANY = { status: '', machine: '', search: '', page: 1 };
const execution = (name: string, rest: Partial<Execution> = {}) => {
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Onboarding';
  return { name, stateMachineArn, status: 'SUCCEEDED', input: {}, ...rest } as Execution;
};
const of = (sub: string, username = sub) => ({ input: { confirmedUser: { sub, username } } });
const namesOn = (all: Execution[], filter: Partial<typeof ANY>, directory = new Map<string, string>()) => {
  const { executions } = executionPage(all, { ...ANY, ...filter }, directory);
  return executions.map(({ name }) => name);
};

test('shows the newest first, a page at a time', () => {
  const all = Array.from({ length: 5_000 }, (_, i) => execution(`execution ${i}`));

  const { executions, total, pages } = executionPage(all, { ...ANY, page: 200 }, new Map());

  expect({ total, pages }).toEqual({ total: 5_000, pages: 200 });
  expect(executions).toHaveLength(PAGE_SIZE);
  expect(executions.at(-1)?.name).toBe('execution 0');
});

test.each([
  [0, 1],
  [-1, 1],
  [Number.NaN, 1],
  [1.5, 1],
  [2.5, 2],
  [1e9, 2],
])('takes page %d for page %d, the nearest that there is', (wanted, nearest) => {
  const all = Array.from({ length: PAGE_SIZE + 1 }, (_, i) => execution(`execution ${i}`));

  const { page, executions } = executionPage(all, { ...ANY, page: wanted }, new Map());

  expect({ page, count: executions.length }).toEqual({ page: nearest, count: nearest === 1 ? PAGE_SIZE : 1 });
});

test('narrows down by status and by state machine', () => {
  const other = 'arn:aws:states:us-east-1:000000000000:stateMachine:Reconciliation';
  const all = [
    execution('a', { status: 'FAILED' }),
    execution('b'),
    execution('c', { status: 'FAILED', stateMachineArn: other }),
  ];

  expect(namesOn(all, { status: 'FAILED' })).toEqual(['c', 'a']);
  expect(namesOn(all, { status: 'FAILED', machine: 'Onboarding' })).toEqual(['a']);
  expect(statusCounts(all, other)).toEqual({ FAILED: 1 });
});

test.each([
  ['sub-of-ada', ['a']],
  ['Queen', ['a']],
  ['GRACE@EXAMPLE', ['b']],
  ['c-name', ['c-name']],
  ['nobody', []],
])('searches for %s', (search, names) => {
  const all = [execution('a', of('sub-of-ada', 'queen')), execution('b', of('2')), execution('c-name')];

  expect(namesOn(all, { search }, new Map([['2', 'grace@example.com']]))).toEqual(names);
});

test.each([[null], ['text'], [5], [{ confirmedUser: null }], [{ confirmedUser: { sub: 5 } }]])(
  'finds no user in the input %j',
  (input) => {
    expect(userOf({ input })).toBeUndefined();
  },
);
