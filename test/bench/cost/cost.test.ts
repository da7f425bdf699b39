import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColdStarts } from '../../../bench/cold-starts/cold-starts';
import { costOfOurs, costOfSingle, DEFAULT_CHOICES, total } from '../../../bench/cost/cost';
import { PRICES } from '../../../bench/cost/prices';

const LOGGED = { functions: 1_200, functionLines: 3, executions: 9_000, executionEvents: 14 };

const start = (variant: 'ours' | 'single', name: string, memory: number) =>
  ({
    variant,
    name,
    memory,
    init: 'full core',
    runtime: 'deployed',
    round: 0,
    start: 40,
    load: 100,
    first: 10,
    warm: 5,
  }) as const;

const NAMES = ['post-confirmation', 'add-user-to-group', 'put-user-record'];

const coldStarts: ColdStarts = {
  sizes: { ours: {}, unprimed: {}, default: {}, single: {}, floor: {} },
  starts: [256, 512].flatMap((memory) => [
    ...NAMES.map((name) => start('ours', name, memory)),
    start('single', 'single-function', memory),
  ]),
  shares: 'enforced',
  nodes: { deployed: '24.0.0', 'at hand': '20.0.0' },
};

test('bills the requests, and the time in which the trigger waits for the tasks', () => {
  const cost = costOfOurs(coldStarts, LOGGED, DEFAULT_CHOICES);

  expect(cost['Lambda: requests']).toBeCloseTo(0.6);
  expect(cost['Step Functions: requests']).toBeCloseTo(1);
  // 7 ms each of their own; 40 and 8 of the services; 30 of Step Functions and twice 10 to invoke.
  const milliseconds = 48 + 15 + (7 + 48 + 15 + 50);
  expect(cost['Lambda: time']).toBeCloseTo(milliseconds * 0.5 * 0.0133334, 1);
  expect(cost['Step Functions: time']).toBeCloseTo(2 * 0.1 * (64 / 1024) * 16.67, 2);
});

test('samples few traces at a high rate, and all of them at a low one', () => {
  expect(costOfOurs(coldStarts, LOGGED, DEFAULT_CHOICES, 0.1)['X-Ray']).toBeCloseTo(5);
  expect(costOfOurs(coldStarts, LOGGED, DEFAULT_CHOICES, 25)['X-Ray']).toBeCloseTo(5 * 0.09);
});

test('charges for the events of executions only where they are logged', () => {
  const all = costOfOurs(coldStarts, LOGGED, DEFAULT_CHOICES);
  const errors = costOfOurs(coldStarts, LOGGED, { ...DEFAULT_CHOICES, executionLogs: 'ERROR' });

  expect(all['Logs of the executions']).toBeCloseTo(((9_000 + 1_800 + 14 * 26) / 1_000) * 0.5045, 2);
  expect(errors['Logs of the executions']).toBe(0);
  expect(total(all) - total(errors)).toBeCloseTo(all['Logs of the executions'] ?? 0);
});

test('compares with one function at the same prices', () => {
  const cost = costOfSingle(coldStarts);

  expect(cost['Lambda: requests']).toBeCloseTo(0.2);
  expect(cost['Lambda: time']).toBeCloseTo((7 + 48) * 0.5 * 0.0133334, 1);
});

test('the document has the price of the second write with an event bus', () => {
  const text = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'performance.md'), 'utf8');

  expect(text).toContain(`these writes cost $${(1e6 * PRICES.dynamodbWrite).toFixed(2)}.`);
});
