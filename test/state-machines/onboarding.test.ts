import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(__dirname, '..', '..', 'state-machines', 'onboarding.asl.json');
const definition = JSON.parse(readFileSync(file, 'utf8'));
const tasks = Object.entries<Task>(definition.States).filter(([, { Type }]) => Type === 'Task');

const LAMBDA_FAULTS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
];

interface Task {
  readonly Type: string;
  readonly TimeoutSeconds: number;
  readonly Retry?: Retrier[];
  readonly Catch?: unknown[];
}

interface Retrier {
  readonly MaxAttempts: number;
  readonly IntervalSeconds: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

/** How long a task can take with all its retries, in s. */
function worstCase({ TimeoutSeconds, Retry = [] }: Task): number {
  return Retry.reduce(
    (sum, { MaxAttempts, IntervalSeconds, BackoffRate = 2, MaxDelaySeconds = Infinity }) => {
      const delays = Array.from({ length: MaxAttempts }, (_, i) => IntervalSeconds * BackoffRate ** i);
      return delays.reduce((total, delay) => total + Math.min(delay, MaxDelaySeconds) + TimeoutSeconds, sum);
    },
    TimeoutSeconds,
  );
}

test.each([
  ['AddUserToGroup', ['InternalErrorException', 'LimitExceededException']],
  [
    'PutUserRecord',
    [
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'ThrottlingException',
      'InternalServerError',
      'TransactionConflictException',
    ],
  ],
])('%s retries server faults twice, but no permanent error', (name, serviceFaults) => {
  const { Retry } = definition.States[name];

  expect(Retry.at(-1)).toMatchObject({
    JitterStrategy: 'FULL',
    MaxAttempts: 2,
    ErrorEquals: [...serviceFaults, ...LAMBDA_FAULTS, 'States.Timeout'],
  });
});

test('the group add is retried once after a throttle: each retry uses quota that other users wait for', () => {
  const [throttles, ...others] = definition.States.AddUserToGroup.Retry;

  expect(throttles).toEqual({
    ErrorEquals: ['TooManyRequestsException'],
    IntervalSeconds: 1,
    MaxAttempts: 1,
    JitterStrategy: 'FULL',
  });
  expect(others).toHaveLength(1);
});

test('leaves time for the catch: even the slowest tasks end before the time-out of the machine', () => {
  const total = tasks.reduce((sum, [, task]) => sum + worstCase(task), 0);

  expect(total).toBeLessThan(definition.TimeoutSeconds);
});

test.each(tasks)('%s catches every error', (_, { Catch }) => {
  expect(Catch).toEqual([expect.objectContaining({ ErrorEquals: ['States.ALL'] })]);
});
