import type { Random } from '../clock/random';
import { ERRORS, errorOn, refusalOf } from './errors';
import type { FaultTemplate } from './fault';

const ACTIONS = Object.keys(ERRORS);

const SERVICES = ['cognito-idp', 'dynamodb', 'states', 'sqs', 'lambda', 'events'];

const FOLDERS = [
  'post-confirmation',
  'add-user-to-group',
  'create-tenant',
  'put-user-record',
  'retry-onboarding',
  'reconcile-users',
];

/** The calls that most users need. */
const NEEDED = [
  'cognito-idp:AdminAddUserToGroup',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'states:StartSyncExecution',
  'lambda:InvokeFunction',
  'sqs:SendMessage',
  'events:PutEvents',
];

type Maker = (random: Random) => FaultTemplate;

/** The faults that may meet anybody: how often each is chosen, and how it is made. */
const EVERYDAY: Readonly<Record<string, readonly [weight: number, make: Maker]>> = {
  neededError: [6, (random) => errorOn(random, random.pick(NEEDED))],
  anyError: [2, (random) => errorOn(random, random.pick(ACTIONS))],
  outage: [2, (random) => ({ kind: 'error', on: `${random.pick(SERVICES)}:*`, error: 'ServiceUnavailable' })],
  lostAnswer: [2, (random) => ({ kind: 'lost answer', on: random.pick([...NEEDED, random.pick(ACTIONS)]) })],
  delay: [
    2,
    (random) => ({ kind: 'delay', on: random.pick(NEEDED), time: random.pick([200, 1_000, 4_000, 12_000]) }),
  ],
  refusal: [1, (random) => refusalOf(random, random.pick(FOLDERS))],
  crash: [2, (random) => ({ kind: 'crash', on: random.pick(FOLDERS) })],
  stall: [
    2,
    (random) => ({ kind: 'stall', on: random.pick(FOLDERS), time: random.pick([500, 1_500, 3_500, 20_000]) }),
  ],
  slowStart: [
    1,
    (random) => ({ kind: 'slow start', on: random.pick(FOLDERS), time: random.pick([1_000, 3_000, 8_000]) }),
  ],
  halted: [1, () => ({ kind: 'halted execution' })],
  triggerTwice: [2, () => ({ kind: 'trigger called twice' })],
  detached: [1, () => ({ kind: 'trigger detached' })],
  messageTwice: [1, () => ({ kind: 'message delivered twice' })],
  eventRefused: [2, () => ({ kind: 'event refused' })],
  quota: [1, () => ({ kind: 'quota used up' })],
  deployment: [1, () => ({ kind: 'deployment' })],
  poison: [1, () => ({ kind: 'poison message' })],
  mappingDisabled: [1, () => ({ kind: 'mapping disabled' })],
};

const WEIGHTS = Object.fromEntries(Object.entries(EVERYDAY).map(([name, [weight]]) => [name, weight]));

/** A fault that may meet anybody. */
export function everydayFault(random: Random): FaultTemplate {
  const [, make] = EVERYDAY[random.weighted(WEIGHTS)] as (typeof EVERYDAY)[string];
  return make(random);
}
