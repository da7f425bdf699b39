import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { Template } from 'aws-cdk-lib/assertions';
import { synthesizedStack } from '../support/stack';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'state-machines', 'onboarding.asl.json'), 'utf8');
const definition = JSON.parse(text);
const states = Object.entries<Record<string, never>>(definition.States);
const tasks = states.filter(([, { Type }]) => Type === 'Task');
const lambdaTasks = tasks.filter(([, { Resource }]) => Resource === 'arn:aws:states:::lambda:invoke');

const LAMBDA_FAULTS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
];

/** How long a task can take with all its retries, in s. */
function worstCase({ TimeoutSeconds, Retry = [] }: { TimeoutSeconds: number; Retry?: Retrier[] }): number {
  return Retry.reduce((sum, { MaxAttempts, IntervalSeconds, BackoffRate, MaxDelaySeconds }) => {
    const delays = Array.from({ length: MaxAttempts }, (_, i) => IntervalSeconds * BackoffRate ** i);
    return delays.reduce((total, delay) => total + Math.min(delay, MaxDelaySeconds) + TimeoutSeconds, sum);
  }, TimeoutSeconds);
}

interface Retrier {
  readonly MaxAttempts: number;
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
}

test('is valid Amazon States Language', () => {
  const placeholdersAsArns = text.replace(
    /\$\{\w+Arn\}/g,
    'arn:aws:lambda:us-east-1:000000000000:function:any',
  );
  const { isValid, errorsText } = validate(JSON.parse(placeholdersAsArns));

  expect(isValid ? '' : errorsText('\n')).toBe('');
});

test('has a comment on the machine and on each state', () => {
  for (const [, { Comment }] of [['machine', definition] as const, ...states]) {
    expect(Comment).toEqual(expect.stringMatching(/\w+.*\.$/));
  }
});

test('has a substitution for each placeholder, and no other', () => {
  const placeholders = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
  const [stateMachine] = Object.values(
    Template.fromStack(synthesizedStack()).findResources('AWS::StepFunctions::StateMachine'),
  );

  expect(new Set(Object.keys(stateMachine?.Properties.DefinitionSubstitutions))).toEqual(placeholders);
});

test.each(lambdaTasks)('%s has the name of its function, in four forms', (name, { Parameters }) => {
  const file = name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  const { children } = synthesizedStack().node.findChild('Onboarding').node;

  expect(existsSync(join(root, 'functions', `${file}.ts`))).toBe(true);
  expect(children.map(({ node }) => node.id)).toContain(`${name}Function`);
  expect(Parameters).toMatchObject({ FunctionName: `\${${name}FunctionArn}` });
});

test.each([
  ['AddUserToGroup', ['TooManyRequestsException', 'InternalErrorException', 'LimitExceededException']],
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
])('%s retries throttles and server faults, and nothing permanent', (name, serviceFaults) => {
  const { Retry } = definition.States[name];

  expect(Retry).toEqual([
    expect.objectContaining({
      JitterStrategy: 'FULL',
      ErrorEquals: [...serviceFaults, ...LAMBDA_FAULTS, 'States.Timeout'],
    }),
  ]);
});

test('leaves time for the catch: all tasks at their slowest end before the machine does', () => {
  const total = tasks.reduce((sum, [, task]) => sum + worstCase(task as never), 0);

  expect(total).toBeLessThan(definition.TimeoutSeconds);
});

test.each(tasks)('%s has a time-out and catches every error', (_, { TimeoutSeconds, Catch }) => {
  expect(TimeoutSeconds).toEqual(expect.any(Number));
  expect(Catch).toEqual([expect.objectContaining({ ErrorEquals: ['States.ALL'] })]);
});
