import type { Random } from '../clock/random';
import type { Arrival } from './arrival';
import type { Fault } from './fault';

type Template = Omit<Fault, 'from' | 'until' | 'probability'>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The errors that the services answer, by their actions. */
const ERRORS: Readonly<Record<string, readonly string[]>> = {
  'cognito-idp:AdminAddUserToGroup': [
    'TooManyRequestsException',
    'InternalErrorException',
    'LimitExceededException',
    'AccessDeniedException',
    'ResourceNotFoundException',
  ],
  'cognito-idp:ListUsers': ['TooManyRequestsException', 'InternalErrorException', 'AccessDeniedException'],
  'cognito-idp:DescribeUserPool': ['TooManyRequestsException', 'AccessDeniedException'],
  'cognito-idp:UpdateUserPool': [
    'ConcurrentModificationException',
    'TooManyRequestsException',
    'InternalErrorException',
    'AccessDeniedException',
  ],
  'cognito-idp:AdminGetUser': ['TooManyRequestsException', 'InternalErrorException', 'AccessDeniedException'],
  'dynamodb:PutItem': [
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'InternalServerError',
    'TransactionConflictException',
    'ResourceNotFoundException',
    'AccessDeniedException',
  ],
  'dynamodb:GetItem': ['ThrottlingException', 'InternalServerError', 'AccessDeniedException'],
  'dynamodb:BatchGetItem': ['ThrottlingException', 'InternalServerError', 'ResourceNotFoundException'],
  'states:StartSyncExecution': ['ThrottlingException', 'ServiceUnavailable', 'AccessDeniedException'],
  'states:StartExecution': ['ThrottlingException', 'InternalServerError'],
  'lambda:InvokeFunction': ['TooManyRequestsException', 'ServiceException', 'AccessDeniedException'],
  'sqs:SendMessage': ['ThrottlingException', 'QueueDoesNotExist', 'AccessDenied'],
  'sqs:SendMessageBatch': ['ThrottlingException'],
  'sqs:ReceiveMessage': ['OverLimit', 'ThrottlingException'],
  'sqs:DeleteMessage': ['ThrottlingException', 'InternalError'],
  'sqs:ChangeMessageVisibility': ['ThrottlingException'],
  'sqs:GetQueueAttributes': ['ThrottlingException'],
  'events:PutEvents': ['InternalException', 'ThrottlingException', 'AccessDeniedException'],
};

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

/** The calls that every user needs. */
const NEEDED = [
  'cognito-idp:AdminAddUserToGroup',
  'dynamodb:PutItem',
  'states:StartSyncExecution',
  'lambda:InvokeFunction',
  'sqs:SendMessage',
  'events:PutEvents',
];

type Maker = (random: Random) => Template;

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
  eventRefused: [1, () => ({ kind: 'event refused' })],
  quota: [1, () => ({ kind: 'quota used up' })],
  deployment: [1, () => ({ kind: 'deployment' })],
  poison: [1, () => ({ kind: 'poison message' })],
  mappingDisabled: [1, () => ({ kind: 'mapping disabled' })],
};

const NIGHTLY_ACTIONS = [
  'cognito-idp:ListUsers',
  'cognito-idp:DescribeUserPool',
  'dynamodb:BatchGetItem',
  'sqs:SendMessageBatch',
  'sqs:GetQueueAttributes',
  'states:StartExecution',
];

/** The faults that only a reconciliation meets. */
const NIGHTLY: readonly Maker[] = [
  (random) => errorOn(random, random.pick(NIGHTLY_ACTIONS)),
  (random) => ({ kind: 'crash', on: random.pick(['reconcile-users', 'check-trigger']) }),
  (random) => ({ kind: 'stall', on: 'reconcile-users', time: random.pick([3_500, 20_000, 70_000]) }),
  () => ({ kind: 'short pages' }),
  (random) => ({ kind: 'stale list', time: random.integer(2_000, 60_000) }),
  () => ({ kind: 'unprocessed keys' }),
  () => ({ kind: 'entries refused' }),
  () => ({ kind: 'trigger detached' }),
  () => ({ kind: 'reconciliation stopped' }),
];

const MOST_INCIDENTS = 6;
const MOST_FAULTS_OF_AN_INCIDENT = 3;

const PROBABILITIES = [0.05, 0.3, 0.7, 1];

/**
 * Makes up incidents while users arrive, each with a few faults at once; all times in ms since the start.
 *
 * @param nightAfter gives the time of the next reconciliation.
 */
export function randomFaults(
  random: Random,
  arrivals: readonly Arrival[],
  nightAfter: (time: number) => number,
): Fault[] {
  const incidents = Array.from({ length: random.integer(0, MOST_INCIDENTS) }, () => {
    const isNightly = random.chance(0.25);
    // Somebody is there when it begins.
    const time = Math.max(0, random.pick(arrivals).at - random.integer(0, SECOND));
    const from = isNightly ? nightAfter(time) - random.integer(0, MINUTE) : time;
    const until = from + randomLength(random);
    return Array.from({ length: random.integer(1, MOST_FAULTS_OF_AN_INCIDENT) }, () => ({
      ...(isNightly ? random.pick(NIGHTLY)(random) : everydayFault(random)),
      from,
      until,
      probability: random.pick(PROBABILITIES),
    }));
  });
  return incidents.flat();
}

function everydayFault(random: Random): Template {
  const weights = Object.entries(EVERYDAY).map(([name, [weight]]) => [name, weight]);
  const [, make] = EVERYDAY[random.weighted(Object.fromEntries(weights))] as [number, Maker];
  return make(random);
}

function errorOn(random: Random, on: string): Template {
  return { kind: 'error', on, error: random.pick(ERRORS[on] as readonly string[]) };
}

/** In ms: most faults are short, and a few last for days. */
function randomLength(random: Random): number {
  const length = random.weighted({ short: 70, long: 27, days: 3 });
  if (length === 'short') return random.integer(SECOND, 10 * MINUTE);
  if (length === 'long') return random.integer(10 * MINUTE, 2 * HOUR);
  return random.integer(2 * HOUR, 48 * HOUR);
}
