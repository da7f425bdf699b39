import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  SFNClient,
  StartSyncExecutionCommand,
  type StartSyncExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/retry-onboarding/handler';
import { confirmedUser, EXECUTION_ARN, SUB, sqsRecord } from '../../support/builders';

// The fake timers do not replace this module's timers by themselves.
jest.mock('node:timers/promises', () => ({
  setTimeout: (time: number) => new Promise((resolve) => setTimeout(resolve, time)),
}));

const dynamodb = mockClient(DynamoDBDocumentClient);
const cognito = mockClient(CognitoIdentityProviderClient);
const sfn = mockClient(SFNClient);
const sqs = mockClient(SQSClient);
const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };

const startedExecutions = () => sfn.commandCalls(StartSyncExecutionCommand).map((call) => call.args[0].input);
const deadLetters = () => sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input);
const delayedReturns = () =>
  sqs.commandCalls(ChangeMessageVisibilityCommand).map((call) => call.args[0].input);
const executionEndsWith = (end: Partial<StartSyncExecutionCommandOutput>) => {
  sfn.on(StartSyncExecutionCommand).resolves({ executionArn: EXECUTION_ARN, ...end });
};
const throttled = (name: string) => Object.assign(new Error('slow down'), { name });
const logLines = () => JSON.stringify(Object.values(log).flatMap((level) => level.mock.calls));

/**
 * Calls the function with a batch, without waiting in real time, and returns the ids of the messages that
 * stay in the queue.
 */
const retry = async (...Records: SQSRecord[]) => {
  const [{ batchItemFailures }] = await Promise.all([handler({ Records }), jest.runAllTimersAsync()]);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

const untilAborted = (_command: unknown, options: unknown) => {
  const { abortSignal } = options as { abortSignal: AbortSignal };
  return new Promise<never>((_, reject) => {
    abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
  });
};

beforeEach(() => {
  jest.useFakeTimers();
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({});
  cognito.reset();
  sfn.reset();
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({ MessageId: '1' });
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
  executionEndsWith({ status: 'SUCCEEDED' });
  process.env.TABLE_NAME = 'users-table';
  process.env.MILLISECONDS_PER_USER = '200';
  process.env.STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:Onboarding';
  process.env.RETRY_QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/retry';
  process.env.USER_POOL_ID = 'us-east-1_AbCdEfGhI';
  process.env.EXECUTION_TIME = '33000';
  process.env.DEAD_LETTER_QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/dead';
  for (const level of ['info', 'warn', 'error'] as const) {
    log[level].mockReset();
    jest.spyOn(console, level).mockImplementation(log[level]);
  }
});

afterEach(() => jest.useRealTimers());

describe('a user in the queue', () => {
  test('is onboarded by the same state machine, and leaves the queue', async () => {
    const user = confirmedUser({ attributes: { address: 'Rue de Rivoli' } });
    const record = sqsRecord({
      body: JSON.stringify({ ...user, email: 'ada@example.com' }),
      receiveCount: 3,
    });

    const failures = await retry(record);

    expect(failures).toEqual([]);
    expect(startedExecutions()).toEqual([
      {
        stateMachineArn: process.env.STATE_MACHINE_ARN,
        name: `${SUB}_${record.messageId}_3`,
        input: JSON.stringify({ startedBy: 'retry', confirmedUser: user }),
      },
    ]);
    expect(delayedReturns()).toEqual([]);
    expect(deadLetters()).toEqual([]);
    expect(log.info.mock.calls).toEqual([
      [{ event: 'UserOnboarded', sub: SUB, executionArn: EXECUTION_ARN, receiveCount: 3 }],
    ]);
  });

  test.each([
    ['an ordinary sub after 9,999 receives', SUB, 9_999],
    ['the longest sub', 'a'.repeat(64), 1],
  ])('has executions with names that Step Functions accepts: %s', async (_, sub, receiveCount) => {
    await retry(sqsRecord({ body: JSON.stringify(confirmedUser({ sub })), receiveCount }));

    const [execution] = startedExecutions();
    expect(execution?.name).toMatch(/^[\w-]{1,80}$/);
    expect(execution?.name).toContain(sub);
  });

  test('is onboarded before the next one starts', async () => {
    let running = 0;
    const runningAtOnce: number[] = [];
    sfn.on(StartSyncExecutionCommand).callsFake(async () => {
      running += 1;
      runningAtOnce.push(running);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      running -= 1;
      return { status: 'SUCCEEDED' };
    });

    await retry(sqsRecord(), sqsRecord(), sqsRecord());

    expect(runningAtOnce).toEqual([1, 1, 1]);
  });
});

describe('a user who has a record meanwhile', () => {
  const readRecords = () => dynamodb.commandCalls(GetCommand).map((call) => call.args[0].input);

  beforeEach(() => dynamodb.on(GetCommand).resolves({ Item: { PK: `USER#${SUB}` } }));

  test('leaves the queue without an execution, after one consistent read', async () => {
    const begin = Date.now();

    const failures = await retry(sqsRecord(), sqsRecord());

    expect(failures).toEqual([]);
    expect(startedExecutions()).toEqual([]);
    const key = `USER#${SUB}`;
    const read = {
      TableName: 'users-table',
      Key: { PK: key, SK: key },
      ProjectionExpression: '#key',
      ExpressionAttributeNames: { '#key': 'PK' },
      ConsistentRead: true,
    };
    expect(readRecords()).toEqual([read, read]);
    const line = { event: 'UserAlreadyOnboarded', sub: SUB };
    expect(log.info.mock.calls).toEqual([[line], [line]]);
    // Nothing is taken from Cognito's quota, so there is nothing to wait for.
    expect(Date.now() - begin).toBe(0);
  });

  test('is onboarded all the same if the message says `all`', async () => {
    await retry(sqsRecord({ body: JSON.stringify({ ...confirmedUser(), all: true }) }));

    expect(readRecords()).toEqual([]);
    const [{ input = '' } = {}] = startedExecutions();
    expect(JSON.parse(input)).toEqual({ startedBy: 'retry', confirmedUser: confirmedUser() });
  });
});

describe('where an event follows the record', () => {
  const record = { PK: `USER#${SUB}` };

  beforeEach(() => {
    jest.replaceProperty(process, 'env', { ...process.env, EVENT_PENDING_ATTRIBUTE: 'eventPending' });
  });

  test('a user whose record waits for it is onboarded again', async () => {
    dynamodb.on(GetCommand).resolves({ Item: { ...record, eventPending: true } });

    await expect(retry(sqsRecord())).resolves.toEqual([]);

    expect(startedExecutions()).toHaveLength(1);
    expect(dynamodb.commandCalls(GetCommand)[0]?.args[0].input).toMatchObject({
      ProjectionExpression: '#key,#pending',
      ExpressionAttributeNames: { '#key': 'PK', '#pending': 'eventPending' },
    });
  });

  test('a user whose record does not wait for it is done', async () => {
    dynamodb.on(GetCommand).resolves({ Item: record });

    await expect(retry(sqsRecord())).resolves.toEqual([]);

    expect(startedExecutions()).toEqual([]);
  });
});

test('an attribute of the same name is no mark where no event follows the record', async () => {
  dynamodb.on(GetCommand).resolves({ Item: { PK: `USER#${SUB}`, eventPending: true } });

  await expect(retry(sqsRecord())).resolves.toEqual([]);

  expect(startedExecutions()).toEqual([]);
});

test('a table that cannot be read does not keep a user from being onboarded', async () => {
  dynamodb.on(GetCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

  await expect(retry(sqsRecord())).resolves.toEqual([]);

  expect(startedExecutions()).toHaveLength(1);
  expect(log.warn.mock.calls).toEqual([
    [{ event: 'RecordNotRead', sub: SUB, error: 'ThrottlingException', reason: 'slow down' }],
  ]);
});

describe('a user who cannot be onboarded yet stays in the queue', () => {
  test.each([
    { status: 'FAILED', error: 'OnboardingFailed' },
    { status: 'FAILED', error: 'OnboardingParked' },
    { status: 'FAILED', error: 'States.Runtime' },
    { status: 'TIMED_OUT', error: 'States.Timeout' },
  ] as const)('when the execution ends with $status, $error', async (end) => {
    executionEndsWith(end);
    const record = sqsRecord();

    const failures = await retry(record);

    expect(failures).toEqual([record.messageId]);
    expect(log.warn.mock.calls).toEqual([
      [{ event: 'RetryFailed', ...end, sub: SUB, executionArn: EXECUTION_ARN, receiveCount: 1 }],
    ]);
    expect(log.info).not.toHaveBeenCalled();
  });

  test.each([
    ['throttles', Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })],
    [
      'cannot be reached',
      Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { name: 'NetworkError' }),
    ],
  ])('when Step Functions %s', async (_, failure) => {
    sfn.on(StartSyncExecutionCommand).rejects(failure);
    const record = sqsRecord();

    const failures = await retry(record);

    expect(failures).toEqual([record.messageId]);
    expect(log.warn.mock.calls).toEqual([
      [
        {
          event: 'ExecutionUnanswered',
          sub: SUB,
          name: `${SUB}_${record.messageId}_1`,
          error: failure.name,
          reason: failure.message,
        },
      ],
    ]);
  });

  test('when no answer comes in the time of an execution', async () => {
    jest.spyOn(SFNClient.prototype, 'send').mockImplementation(untilAborted);
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((time) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), time);
      return controller.signal;
    });
    const record = sqsRecord();
    const begin = Date.now();

    const failures = await retry(record);

    expect(failures).toEqual([record.messageId]);
    expect(Date.now() - begin).toBe(33_000);
    expect(log.warn).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'ExecutionUnanswered', sub: SUB }),
    );
  });

  test.each([
    [1, 30],
    [2, 60],
    [3, 120],
    [10, 15_360],
    [20, 21_600],
  ])('after receive %i for %i s, or for up to half less', async (receiveCount, delay) => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    executionEndsWith({ status: 'FAILED' });
    const record = sqsRecord({ receiveCount });

    await retry(record);

    expect(delayedReturns()).toEqual([
      {
        QueueUrl: process.env.RETRY_QUEUE_URL,
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: delay,
      },
    ]);
  });

  test('and the users behind get their turn', async () => {
    sfn
      .on(StartSyncExecutionCommand)
      .resolvesOnce({ status: 'FAILED' })
      .resolvesOnce({ status: 'SUCCEEDED' })
      .rejectsOnce(new Error('unreachable'))
      .resolves({ status: 'SUCCEEDED' });

    const failures = await retry(...['1', '2', '3', '4'].map((messageId) => sqsRecord({ messageId })));

    expect(failures).toEqual(['1', '3']);
    expect(startedExecutions()).toHaveLength(4);
    expect(delayedReturns().map(({ ReceiptHandle }) => ReceiptHandle)).toEqual([
      'receipt of 1',
      'receipt of 3',
    ]);
  });

  test('even if their return cannot be delayed, and so do the users behind', async () => {
    sfn
      .on(StartSyncExecutionCommand)
      .resolvesOnce({ status: 'FAILED' })
      .resolvesOnce({ status: 'SUCCEEDED' })
      .resolves({ status: 'FAILED' });
    sqs.on(ChangeMessageVisibilityCommand).rejects(new Error('The receipt handle has expired'));

    const failures = await retry(...['1', '2', '3'].map((messageId) => sqsRecord({ messageId })));

    expect(failures).toEqual(['1', '3']);
    expect(log.warn).toHaveBeenCalledWith({
      event: 'RetryNotDelayed',
      messageId: '1',
      error: 'Error',
      reason: 'The receipt handle has expired',
    });
  });
});

test('a message of the version before is understood', async () => {
  const { attributes, ...user } = confirmedUser();

  await retry(sqsRecord({ body: JSON.stringify({ ...user, address: 'Rue de Rivoli' }) }));

  const [call] = sfn.commandCalls(StartSyncExecutionCommand);
  expect(JSON.parse(call?.args[0].input.input ?? '').confirmedUser).toEqual(
    confirmedUser({ attributes: { address: 'Rue de Rivoli' } }),
  );
});

describe('a message that was written before the deployment that names another attribute', () => {
  const startedUsers = () => startedExecutions().map(({ input = '' }) => JSON.parse(input).confirmedUser);
  const poolHolds = (attributes: Record<string, string>) =>
    cognito.on(AdminGetUserCommand).resolves({
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    });

  beforeEach(() => {
    jest.replaceProperty(process, 'env', { ...process.env, USER_ATTRIBUTES: '["email","custom:plan"]' });
  });

  test('is completed from the user pool', async () => {
    poolHolds({ sub: SUB, 'custom:plan': 'pro', phone_number: '+441' });

    await expect(retry(sqsRecord())).resolves.toEqual([]);

    expect(cognito.commandCalls(AdminGetUserCommand).map((call) => call.args[0].input)).toEqual([
      { UserPoolId: 'us-east-1_AbCdEfGhI', Username: SUB },
    ]);
    expect(startedUsers()).toEqual([confirmedUser({ attributes: { email: null, 'custom:plan': 'pro' } })]);
  });

  test('is not read again if it knows of all of them', async () => {
    const user = confirmedUser({ attributes: { email: null, 'custom:plan': null } });

    await retry(sqsRecord({ body: JSON.stringify(user) }));

    expect(cognito.commandCalls(AdminGetUserCommand)).toEqual([]);
    expect(startedUsers()).toEqual([user]);
  });

  test.each<[string, () => void, string]>([
    [
      'while Cognito throttles',
      () => cognito.on(AdminGetUserCommand).rejects(throttled('TooManyRequestsException')),
      'TooManyRequestsException',
    ],
    ['whose username somebody else has now', () => poolHolds({ sub: 'another' }), 'UserReplacedError'],
  ])('stays in the queue for a user %s', async (_, given, error) => {
    given();
    const record = sqsRecord();

    await expect(retry(record)).resolves.toEqual([record.messageId]);

    expect(startedExecutions()).toEqual([]);
    expect(delayedReturns()).toHaveLength(1);
    expect(log.warn.mock.calls).toEqual([
      [{ event: 'UserNotRead', sub: SUB, error, reason: expect.any(String) }],
    ]);
  });
});

describe('a message that is not a confirmed user', () => {
  const without = (field: string) =>
    JSON.stringify({ ...confirmedUser({ attributes: { address: 'Ada' } }), [field]: undefined });

  test.each([
    ['no JSON', 'Ada, Rue de Rivoli', /^not JSON: it is a string of 18 characters$/],
    ['cut-off JSON', '{"username":"Ada', /^not JSON: it is a string of 16 characters$/],
    ['a JSON text', '"Ada"', /it must be Object, but is a string of 3 characters/],
    ['JSON null', 'null', /it must be Object/],
    ['a JSON list', '["Ada"]', /userPoolId must be .*; username must be .*; sub must be/],
    ['a user without a sub', without('sub'), /^not a confirmed user: sub must be given, but is undefined$/],
    [
      'a user without a user pool',
      without('userPoolId'),
      /^not a confirmed user: userPoolId must be given, but is undefined$/,
    ],
    [
      'an `all` that is not true or false',
      JSON.stringify({ ...confirmedUser(), all: 'Ada' }),
      /^not a retry message: all must be boolean, but is a string of 3 characters$/,
    ],
    [
      'a sub that breaks an execution name',
      JSON.stringify(confirmedUser({ sub: 'Ada/1' })),
      /sub must be .*a string of 5 characters/,
    ],
    [
      'a user of another pool',
      JSON.stringify(confirmedUser({ userPoolId: 'us-east-1_Other' })),
      /^not a user of the user pool us-east-1_AbCdEfGhI: the message names us-east-1_Other$/,
    ],
    ['an empty body', '', /^not JSON: it is a string of 0 characters$/],
    [
      'a body as large as SQS accepts',
      'Ada!'.repeat(262_144),
      /^not JSON: it is a string of 1048576 characters$/,
    ],
    ['more levels than a stack has', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, /userPoolId must be/],
  ])('goes to the dead-letter queue at once, unchanged: %s', async (_, body, reason) => {
    const record = sqsRecord({ body });

    const failures = await retry(record);

    expect(failures).toEqual([]);
    expect(deadLetters()).toEqual([{ QueueUrl: process.env.DEAD_LETTER_QUEUE_URL, MessageBody: body }]);
    expect(startedExecutions()).toEqual([]);
    expect(delayedReturns()).toEqual([]);
    expect(log.error.mock.calls).toEqual([
      [
        {
          event: 'MessageRefused',
          messageId: record.messageId,
          error: 'InvalidInputError',
          reason: expect.stringMatching(reason),
        },
      ],
    ]);
    expect(logLines()).not.toContain('Ada');
  });

  test('neither fails its neighbours nor delays them', async () => {
    const begin = Date.now();

    const failures = await retry(
      sqsRecord({ messageId: '1' }),
      sqsRecord({ messageId: '2', body: 'poison' }),
      sqsRecord({ messageId: '3' }),
    );

    expect(failures).toEqual([]);
    expect(startedExecutions().map(({ name }) => name)).toEqual([`${SUB}_1_1`, `${SUB}_3_1`]);
    expect(deadLetters().map(({ MessageBody }) => MessageBody)).toEqual(['poison']);
    // Only the two users take their time.
    expect(Date.now() - begin).toBe(400);
  });

  test('stays in the queue if the dead-letter queue refuses it, but its neighbours leave', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('slow down'));

    const failures = await retry(
      sqsRecord({ messageId: '1' }),
      sqsRecord({ messageId: '2', body: 'poison' }),
      sqsRecord({ messageId: '3' }),
    );

    expect(failures).toEqual(['2']);
    expect(startedExecutions()).toHaveLength(2);
    expect(log.error).toHaveBeenCalledWith({
      event: 'MessageNotMoved',
      messageId: '2',
      error: 'Error',
      reason: 'slow down',
    });
  });
});

test('five users take at least MILLISECONDS_PER_USER each, however fast they are onboarded', async () => {
  const begin = Date.now();

  await retry(...Array.from({ length: 5 }, () => sqsRecord()));

  expect(Date.now() - begin).toBe(5 * 200);
});

test.each([undefined, '', 'fast', '0', '-1'])('MILLISECONDS_PER_USER must not be %p', async (value) => {
  if (value === undefined) delete process.env.MILLISECONDS_PER_USER;
  else process.env.MILLISECONDS_PER_USER = value;

  await expect(handler({ Records: [sqsRecord()] })).rejects.toThrow(
    /environment variable MILLISECONDS_PER_USER/,
  );
});

describe('the log names the environment variable that is missing, and the message stays in the queue', () => {
  test.each([
    ['STATE_MACHINE_ARN', sqsRecord(), 'ExecutionUnanswered'],
    ['USER_ATTRIBUTES', sqsRecord(), 'UserNotRead'],
    ['RETRY_QUEUE_URL', sqsRecord(), 'RetryNotDelayed'],
    ['DEAD_LETTER_QUEUE_URL', sqsRecord({ body: 'poison' }), 'MessageNotMoved'],
  ])('%s', async (name, record, event) => {
    executionEndsWith({ status: 'FAILED' });
    jest.replaceProperty(process, 'env', { ...process.env, [name]: '' });

    const failures = await retry(record);

    expect(failures).toEqual([record.messageId]);
    expect([...log.warn.mock.calls, ...log.error.mock.calls]).toContainEqual([
      expect.objectContaining({
        event,
        reason: expect.stringContaining(`environment variable ${name} is not set`),
      }),
    ]);
  });
});

test('no log line contains personal data except the sub', async () => {
  const user = confirmedUser({ username: 'ada@example.com', attributes: { address: 'Rue de Rivoli' } });
  const body = JSON.stringify(user);
  const cause = `cannot onboard ${body}`;
  sfn
    .on(StartSyncExecutionCommand)
    .resolvesOnce({ status: 'SUCCEEDED', output: body })
    .resolvesOnce({ status: 'FAILED', error: 'OnboardingFailed', cause, input: body })
    .rejects(new Error('unreachable'));
  sqs.rejects(new Error('unreachable'));

  await retry(
    sqsRecord({ body }),
    sqsRecord({ body }),
    sqsRecord({ body }),
    sqsRecord({ body: JSON.stringify({ ...user, sub: undefined }) }),
    sqsRecord({ body: body.slice(0, -1) }),
  );

  expect(logLines()).toContain(SUB);
  expect(logLines()).not.toMatch(/ada@example.com|Rivoli/);
});
