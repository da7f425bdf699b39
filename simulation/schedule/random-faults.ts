import type { Random } from '../clock/random';
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
  'dynamodb:BatchGetItem': ['ThrottlingException', 'InternalServerError'],
  'states:StartSyncExecution': ['ThrottlingException', 'ServiceUnavailable', 'AccessDeniedException'],
  'states:StartExecution': ['ThrottlingException', 'InternalServerError'],
  'lambda:InvokeFunction': ['TooManyRequestsException', 'ServiceException', 'AccessDeniedException'],
  'sqs:SendMessage': ['ThrottlingException', 'QueueDoesNotExist', 'AccessDenied'],
  'sqs:SendMessageBatch': ['ThrottlingException'],
  'sqs:ReceiveMessage': ['OverLimit', 'ThrottlingException'],
  'sqs:DeleteMessage': ['ThrottlingException', 'InternalError'],
  'sqs:ChangeMessageVisibility': ['ThrottlingException'],
  'sqs:GetQueueAttributes': ['ThrottlingException'],
};

const ACTIONS = Object.keys(ERRORS);

const SERVICES = ['cognito-idp', 'dynamodb', 'states', 'sqs', 'lambda'];

const FOLDERS = [
  'post-confirmation',
  'add-user-to-group',
  'put-user-record',
  'retry-onboarding',
  'reconcile-users',
];

const KINDS: readonly ((random: Random) => Template)[] = [
  (random) => {
    const on = random.pick(ACTIONS);
    return { kind: 'error', on, error: random.pick(ERRORS[on] ?? []) };
  },
  (random) => ({ kind: 'error', on: `${random.pick(SERVICES)}:*`, error: 'ServiceUnavailable' }),
  (random) => ({ kind: 'lost answer', on: random.pick(ACTIONS) }),
  (random) => ({ kind: 'delay', on: random.pick(ACTIONS), time: random.pick([200, 1_000, 4_000, 12_000]) }),
  (random) => ({ kind: 'crash', on: random.pick(FOLDERS) }),
  (random) => ({ kind: 'stall', on: random.pick(FOLDERS), time: random.pick([500, 1_500, 3_500, 20_000]) }),
  (random) => ({ kind: 'slow start', on: random.pick(FOLDERS), time: random.pick([1_000, 3_000, 8_000]) }),
  () => ({ kind: 'halted execution' }),
  () => ({ kind: 'trigger called twice' }),
  () => ({ kind: 'trigger detached' }),
  () => ({ kind: 'message delivered twice' }),
  () => ({ kind: 'quota used up' }),
  () => ({ kind: 'short pages' }),
  (random) => ({ kind: 'stale list', time: random.integer(2_000, 60_000) }),
  () => ({ kind: 'unprocessed keys' }),
  () => ({ kind: 'entries refused' }),
  () => ({ kind: 'deployment' }),
  () => ({ kind: 'poison message' }),
  () => ({ kind: 'mapping disabled' }),
  () => ({ kind: 'reconciliation stopped' }),
];

/** How long a fault lasts, and how many faults of a hundred last so long. */
const LENGTHS: readonly (readonly [share: number, least: number, most: number])[] = [
  [70, SECOND, 10 * MINUTE],
  [25, 10 * MINUTE, 2 * HOUR],
  [5, 2 * HOUR, 48 * HOUR],
];

const MOST_FAULTS = 6;

/** Makes up faults while users arrive, in ms since the start of the world. */
export function randomFaults(random: Random, duration: number): Fault[] {
  return Array.from({ length: random.integer(0, MOST_FAULTS) }, () => {
    const from = random.integer(0, duration);
    return {
      ...random.pick(KINDS)(random),
      from,
      until: from + randomLength(random),
      probability: random.pick([0.05, 0.3, 0.7, 1]),
    };
  });
}

function randomLength(random: Random): number {
  let left = random.integer(1, 100);
  for (const [share, least, most] of LENGTHS) {
    left -= share;
    if (left <= 0) return random.integer(least, most);
  }
  throw new Error('the shares do not add up to 100');
}
