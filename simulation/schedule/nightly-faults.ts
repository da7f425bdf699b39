import type { Random } from '../clock/random';
import { errorOn, refusalOf } from './errors';
import type { FaultTemplate } from './fault';

const ACTIONS = [
  'cognito-idp:ListUsers',
  'cognito-idp:DescribeUserPool',
  'dynamodb:BatchGetItem',
  'lambda:InvokeFunction',
  'sqs:SendMessageBatch',
  'sqs:GetQueueAttributes',
  'states:StartExecution',
];

/** Long enough for a list of many pages, in ms. */
const HOUR = 3_600_000;

type Maker = (random: Random) => readonly FaultTemplate[];

/** What may keep a reconciliation from setting the trigger again, for a while or for good. */
export const OBSTACLES: readonly Maker[] = [
  () => [],
  (random) => [{ ...refusalOf(random, 'attach-trigger'), length: HOUR, probability: 0.5 }],
  (random) => [errorOn(random, random.pick(['cognito-idp:UpdateUserPool', 'cognito-idp:DescribeUserPool']))],
  () => [{ kind: 'crash', on: 'attach-trigger', length: HOUR, probability: 0.7 }],
];

/** What only a reconciliation meets: how often each is chosen, and the faults that come together. */
const NIGHTLY: Readonly<Record<string, readonly [weight: number, make: Maker]>> = {
  errors: [
    6,
    (random) => Array.from({ length: random.integer(1, 3) }, () => errorOn(random, random.pick(ACTIONS))),
  ],
  detached: [
    10,
    (random) => [
      { kind: 'trigger detached', length: HOUR, probability: 1 },
      ...random.pick(OBSTACLES)(random),
    ],
  ],
  denied: [
    3,
    (random) => [
      {
        kind: 'error',
        on: random.pick(['cognito-idp:DescribeUserPool', 'cognito-idp:ListUsers']),
        error: 'AccessDeniedException',
      },
    ],
  ],
  crash: [1, (random) => [{ kind: 'crash', on: random.pick(['reconcile-users', 'check-trigger']) }]],
  stall: [
    1,
    (random) => [{ kind: 'stall', on: 'reconcile-users', time: random.pick([3_500, 20_000, 70_000]) }],
  ],
  // So many pages that another execution has to continue.
  manyPages: [
    1,
    (random) => [
      { kind: 'short pages', length: HOUR, probability: 1 },
      { ...errorOn(random, 'states:StartExecution'), length: HOUR, probability: 0.5 },
    ],
  ],
  badAnswers: [
    2,
    (random) => [
      { kind: 'short pages', probability: 0.3 },
      { kind: 'stale list', time: random.integer(2_000, 60_000) },
      { kind: 'unprocessed keys' },
      { kind: 'entries refused' },
    ],
  ],
  stopped: [1, () => [{ kind: 'reconciliation stopped' }]],
};

const WEIGHTS = Object.fromEntries(Object.entries(NIGHTLY).map(([name, [weight]]) => [name, weight]));

/** Faults that a reconciliation meets together. */
export function nightlyFaults(random: Random): readonly FaultTemplate[] {
  const [, make] = NIGHTLY[random.weighted(WEIGHTS)] as (typeof NIGHTLY)[string];
  return make(random);
}
