import pc from 'picocolors';
import { failureReport, missedParts, report } from '../../../simulation/runs/report';
import type { Failure, SimulationResult } from '../../../simulation/runs/simulation';

const MINUTE = 60_000;

const result = (numbers: SimulationResult['numbers'], failure?: Failure): SimulationResult => ({
  numbers,
  coverage: { 'Work → Done': 7, Work: 8, 'Work.Retry[0]': 0, 'Work.Catch[0]': 0 },
  ...(failure && { failure }),
});

const FAILURE: Failure = {
  violation: { rule: 'a message is kept', user: 3, details: 'it took 7 ms', at: 9 },
  user: 503,
  schedule: {
    start: 0,
    arrivals: [
      { number: 2, kind: 'federated', at: 0, later: 0 },
      { number: 3, kind: 'native', at: MINUTE + 5, later: 0 },
    ],
    faults: [
      { kind: 'delay', on: 'sqs:SendMessage', from: 0, until: MINUTE, probability: 0.3, time: 200 },
      {
        kind: 'error',
        on: 'sqs:*',
        from: 0,
        until: 1_500 * MINUTE,
        probability: 1,
        error: 'ServiceUnavailable',
      },
      { kind: 'reconciliation started', input: '{"all":true}', from: 1, until: 2, probability: 1 },
    ],
  },
  story: ['day 0 00:01:00.005  is confirmed'],
};

const lines = (text: string) => text.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));

test('a broken rule is printed with the schedule and the story that belong to it', () => {
  expect(failureReport(FAILURE, { users: 1_000, seed: 7 })).toBe(`
rule:     a message is kept (it took 7 ms)
user:     503, native
again:    npm run simulate -- --users 1000 --seed 7 --user 503

the shortest schedule that still breaks it:
day 0 00:00:00.000  user 2 comes: federated
day 0 00:01:00.005  user 3 comes: native
day 0 00:00:00.000 to day 0 00:01:00.000  delay of sqs:SendMessage by 200 ms, 30 %
day 0 00:00:00.000 to day 1 01:00:00.000  error of sqs:* (ServiceUnavailable)
day 0 00:00:00.001 to day 0 00:00:00.002  reconciliation started with {"all":true}

what happened:
day 0 00:01:00.005  is confirmed`);
});

test('a broken rule that is about nobody names no user', () => {
  const { user: _, ...failure } = FAILURE;

  const printed = failureReport(
    { ...failure, violation: { rule: 'alarms are raised', at: 1 } },
    { users: 5, seed: 7 },
  );

  expect(printed.split('\n').slice(0, 3)).toEqual([
    '',
    'rule:     alarms are raised',
    'again:    npm run simulate -- --users 5 --seed 7',
  ]);
});

test('a report has the counts in words, and which parts were not taken', () => {
  const printed = report(result({ users: 20, records: 12, receives: 5 }), {
    users: 20,
    seed: 7,
    verbose: false,
  });

  expect(lines(printed)).toEqual([
    '--users 20 --seed 7',
    'users who came | 20',
    ...[
      'confirmations of eligible users',
      'of them, users who saw an error',
      'messages in the retry queue',
    ].map((words) => `${words} | 0`),
    ...['messages moved to the dead-letter queue', 'executions', 'of them, failed', 'calls that failed'].map(
      (words) => `${words} | 0`,
    ),
    'reconciliations of a whole user pool | 0',
    'records | 12',
    '',
    'parts of the definitions that were taken: 2 of 4',
    'Work.Catch[0] | 0',
    'Work.Retry[0] | 0',
    '',
    pc.green('Nobody is lost.'),
  ]);
});

test('--verbose prints every count, in order of the names', () => {
  const printed = report(result({ users: 20, records: 12, receives: 5 }), {
    users: 20,
    seed: 7,
    verbose: true,
  });

  expect(lines(printed)).toEqual([
    '--users 20 --seed 7',
    'receives | 5',
    'records | 12',
    'users | 20',
    '',
    'parts of the definitions that were taken: 2 of 4',
    'Work | 8',
    'Work → Done | 7',
    'Work.Catch[0] | 0',
    'Work.Retry[0] | 0',
    '',
    pc.green('Nobody is lost.'),
  ]);
});

test('a report says that the promise is broken', () => {
  const printed = report(result({}, FAILURE), { users: 20, seed: 7, verbose: false });

  expect(lines(printed).at(-1)).toBe(pc.red('The promise is broken.'));
});

test.each([
  [99_999, []],
  [100_000, ['Work.Catch[0]', 'Work.Retry[0]']],
])('a run of %i users must take all parts but %j', (users, missed) => {
  expect(missedParts(result({ users }))).toEqual(missed);
});
