import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';
import { timeBudget } from '../../../infra/settings/time-budget';

const root = join(__dirname, '..', '..', '..');
const file = join(root, 'state-machines', 'onboarding.asl.json');

const step = (timeout: number, name = 'CreateTenant') => ({ name, timeout: Duration.seconds(timeout) });
const inSeconds = (added: Parameters<typeof timeBudget>[0]) => {
  const { stateMachine, parkingDelay, execution, batchSize, batch, visibility } = timeBudget(added);
  return {
    stateMachine: stateMachine.toSeconds(),
    parkingDelay: parkingDelay.toSeconds(),
    execution: execution.toSeconds(),
    batchSize,
    batch: batch.toSeconds(),
    visibility: visibility.toSeconds(),
  };
};

test('nothing added: the time of the definition in the file', () => {
  const times = inSeconds({ steps: [], publishesEvent: false });

  expect(times).toEqual({
    stateMachine: 24,
    parkingDelay: 0,
    execution: 10,
    batchSize: 5,
    batch: 75,
    visibility: 450,
  });
  expect(times.stateMachine).toBe(JSON.parse(readFileSync(file, 'utf8')).TimeoutSeconds);
});

test('the table in docs/operations.md has the times of the example', () => {
  const text = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
  const rows = [...text.matchAll(/^\| ([^|]+?) +\| (\d+)(?: s)? +\| (\d+)(?: s)? +\|$/gm)];
  const columns = [
    inSeconds({ steps: [], publishesEvent: false }),
    inSeconds({ steps: [step(20)], publishesEvent: true }),
  ].map(({ stateMachine, parkingDelay, execution, batchSize, batch, visibility }) => ({
    'onboarding state machine': stateMachine,
    'a user whose execution goes on, before the first retry': parkingDelay,
    'retry function, one execution': execution,
    'retry function, users in a batch': batchSize,
    'retry function, a batch': batch,
    'a message that nobody finished': visibility,
  }));

  for (const [index, column] of columns.entries()) {
    expect(Object.fromEntries(rows.map((row) => [row[1], Number(row[index + 2])]))).toEqual(column);
  }
});

test.each([
  [
    'one step of 20 s',
    { steps: [step(20)], publishesEvent: false },
    { stateMachine: 47, parkingDelay: 23, execution: 33, batchSize: 5, batch: 190, visibility: 1140 },
  ],
  [
    'an event',
    { steps: [], publishesEvent: true },
    { stateMachine: 42, parkingDelay: 0, execution: 28, batchSize: 5, batch: 165, visibility: 990 },
  ],
  [
    'the longest step',
    { steps: [step(273)], publishesEvent: false },
    { stateMachine: 300, parkingDelay: 276, execution: 286, batchSize: 3, batch: 877, visibility: 5262 },
  ],
])('%s', (_, added, times) => {
  expect(inSeconds(added)).toEqual(times);
});

test('whatever is added, what waits for an execution waits long enough, within the limits of AWS', () => {
  const timeouts = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 });
  fc.assert(
    fc.property(timeouts, fc.boolean(), (seconds, publishesEvent) => {
      const steps = seconds.map((timeout, index) => step(timeout, `Step${index}`));
      const sum = seconds.reduce((total, timeout) => total + timeout, 0);
      const times = inSeconds({ steps, publishesEvent });

      expect(times.stateMachine).toBeGreaterThanOrEqual(24 + sum);
      expect(times.parkingDelay).toBeGreaterThanOrEqual(sum);
      expect(times.execution).toBeGreaterThanOrEqual(10 + sum);
      expect(times.batch).toBeGreaterThanOrEqual(times.batchSize * (times.execution + 2));
      expect(times.batch).toBeLessThanOrEqual(900);
      expect(times.batchSize).toBeGreaterThanOrEqual(1);
      expect(times.visibility).toBe(6 * times.batch);
    }),
  );
});

test('an execution that could take more than 300 s is refused, with the names of the steps', () => {
  const steps = [step(150), step(160, 'ChargeCard')];

  expect(() => timeBudget({ steps, publishesEvent: false })).toThrow(
    'an execution may take 300 s at most, and with the time-outs of the steps (CreateTenant 150 s, ChargeCard ' +
      '160 s) it could take 340 s: give the steps a shorter timeout',
  );
});
