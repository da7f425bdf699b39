import type { Random } from '../clock/random';
import { errorOn } from './errors';
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

/** What may keep a reconciliation from setting the trigger again. */
const ATTACHING_ACTIONS = [
  'cognito-idp:UpdateUserPool',
  'cognito-idp:DescribeUserPool',
  'lambda:InvokeFunction',
];

type Maker = (random: Random) => readonly FaultTemplate[];

/** What only a reconciliation meets: how often each is chosen, and the faults that come together. */
const NIGHTLY: Readonly<Record<string, readonly [weight: number, make: Maker]>> = {
  errors: [
    6,
    (random) => Array.from({ length: random.integer(1, 3) }, () => errorOn(random, random.pick(ACTIONS))),
  ],
  detached: [
    5,
    (random) => [
      { kind: 'trigger detached' },
      random.chance(0.3)
        ? { kind: 'crash', on: 'attach-trigger' }
        : errorOn(random, random.pick(ATTACHING_ACTIONS)),
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
      { kind: 'short pages', probability: 1 },
      ...(random.chance(0.5) ? [errorOn(random, 'states:StartExecution')] : []),
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
