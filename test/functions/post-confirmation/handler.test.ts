import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/post-confirmation/handler';
import {
  confirmedUser,
  EXECUTION_ARN,
  identityAt,
  lambdaContext,
  postConfirmationEvent,
  SUB,
} from '../../support/builders';

const sfn = mockClient(SFNClient);
const sqs = mockClient(SQSClient);
const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };

const startedExecutions = () => sfn.commandCalls(StartSyncExecutionCommand).map((call) => call.args[0].input);
const parkedUsers = () => sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input);
const executionEndsWith = (end: { status: string; error?: string }) => {
  sfn.on(StartSyncExecutionCommand).resolves({ executionArn: EXECUTION_ARN, ...end } as never);
};

const untilAborted = (_command: unknown, options: unknown) => {
  const { abortSignal } = options as { abortSignal: AbortSignal };
  return new Promise<never>((_, reject) => {
    if (abortSignal.aborted) reject(abortSignal.reason);
    abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
  });
};

beforeEach(() => {
  sfn.reset();
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({ MessageId: '1' });
  process.env.STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:Onboarding';
  process.env.RETRY_QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/retry';
  for (const level of ['info', 'warn', 'error'] as const) {
    log[level].mockReset();
    jest.spyOn(console, level).mockImplementation(log[level]);
  }
});

describe('a confirmed user', () => {
  test('is onboarded by an execution that gets only the fields of the contract', async () => {
    executionEndsWith({ status: 'SUCCEEDED' });
    const event = postConfirmationEvent({
      attributes: { address: '12 St James Square', phone_number: '+441' },
    });

    await expect(handler(event, lambdaContext())).resolves.toBe(event);

    expect(startedExecutions()).toEqual([
      {
        stateMachineArn: process.env.STATE_MACHINE_ARN,
        name: `${SUB}_0b7e4a52-request`,
        input: JSON.stringify({
          startedBy: 'trigger',
          confirmedUser: confirmedUser({ attributes: { address: '12 St James Square' } }),
        }),
      },
    ]);
    expect(parkedUsers()).toEqual([]);
    expect(log.info).toHaveBeenCalledWith({ event: 'UserOnboarded', sub: SUB, executionArn: EXECUTION_ARN });
  });

  test('from an identity provider needs no verified e-mail address', async () => {
    executionEndsWith({ status: 'SUCCEEDED' });
    const attributes = { 'cognito:user_status': 'EXTERNAL_PROVIDER', email_verified: 'false' };

    await handler(postConfirmationEvent({ attributes }), lambdaContext());

    expect(startedExecutions()).toHaveLength(1);
  });

  test.each([
    ['who has a password too', 'CONFIRMED'],
    ['to whom an administrator linked them', 'FORCE_CHANGE_PASSWORD'],
  ])('from an identity provider %s needs none either', async (_, status) => {
    executionEndsWith({ status: 'SUCCEEDED' });
    const attributes = {
      'cognito:user_status': status,
      email_verified: 'false',
      identities: identityAt('Google'),
    };

    await handler(postConfirmationEvent({ attributes }), lambdaContext());

    expect(startedExecutions()).toHaveLength(1);
  });

  test.each([
    ['a verification with a capital letter', { email_verified: 'True' }, {}],
    ['a verification that is not text', { email_verified: true }, {}],
    [
      'an address that is not text',
      { address: { locality: 'London' } },
      { attributes: { address: '{"locality":"London"}' } },
    ],
    ['an address that is null', { address: null }, {}],
  ])('may have %s', async (_, attributes, expected) => {
    executionEndsWith({ status: 'SUCCEEDED' });

    await handler(postConfirmationEvent({ attributes }), lambdaContext());

    expect(JSON.parse(startedExecutions()[0]?.input ?? '').confirmedUser).toEqual(confirmedUser(expected));
  });

  test('is not parked again if the execution parked them, and a warning says so', async () => {
    executionEndsWith({ status: 'FAILED', error: 'OnboardingParked' });
    const event = postConfirmationEvent();

    await expect(handler(event, lambdaContext())).resolves.toBe(event);

    expect(parkedUsers()).toEqual([]);
    expect(log.warn).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'UserParked', by: 'execution', sub: SUB }),
    );
  });
});

describe('the trigger parks a user whom the execution neither onboarded nor parked', () => {
  const expectParked = async (context = lambdaContext()) => {
    const event = postConfirmationEvent({ attributes: { address: 'Rue de Rivoli' } });
    await expect(handler(event, context)).resolves.toBe(event);
    expect(parkedUsers()).toEqual([
      {
        QueueUrl: process.env.RETRY_QUEUE_URL,
        MessageBody: JSON.stringify(confirmedUser({ attributes: { address: 'Rue de Rivoli' } })),
      },
    ]);
    expect(log.warn).toHaveBeenCalledWith({ event: 'UserParked', by: 'trigger', sub: SUB });
  };

  test.each([
    { status: 'FAILED', error: 'OnboardingFailed' },
    { status: 'FAILED', error: 'States.Runtime' },
    { status: 'TIMED_OUT', error: 'States.Timeout' },
  ])('when the execution ends with $status, $error', async (end) => {
    executionEndsWith(end);
    await expectParked();
  });

  test('when Step Functions throttles or is unreachable', async () => {
    sfn
      .on(StartSyncExecutionCommand)
      .rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    await expectParked();
    expect(log.error).toHaveBeenCalledWith({
      event: 'ExecutionUnanswered',
      sub: SUB,
      name: `${SUB}_0b7e4a52-request`,
      error: 'ThrottlingException',
      reason: 'slow down',
    });
  });

  test.each([
    ['when the answer comes too late', 1_350],
    ['when there is no time left at all', 0],
  ])('%s: the trigger stops waiting while there is time to park', async (_, remainingTime) => {
    jest.spyOn(SFNClient.prototype, 'send').mockImplementation(untilAborted);
    await expectParked(lambdaContext(remainingTime));
    expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ event: 'ExecutionUnanswered' }));
  });
});

describe('a user whose execution goes on', () => {
  const parkAfter = async (name: string) => {
    jest.replaceProperty(process, 'env', { ...process.env, PARKING_DELAY: '23' });
    sfn.on(StartSyncExecutionCommand).rejects(Object.assign(new Error('ended'), { name }));
    await handler(postConfirmationEvent(), lambdaContext());
    return parkedUsers();
  };

  test('waits in the queue for the time of the own steps', async () => {
    expect(await parkAfter('AbortError')).toMatchObject([{ DelaySeconds: 23 }]);
  });

  test('does not wait if there is no execution', async () => {
    const [message] = await parkAfter('ThrottlingException');

    expect(message).not.toHaveProperty('DelaySeconds');
  });
});

test('the execution gets the remaining time, minus the time for parking', async () => {
  executionEndsWith({ status: 'SUCCEEDED' });
  const timeLimit = jest.spyOn(AbortSignal, 'timeout');

  await handler(postConfirmationEvent(), lambdaContext(3_500));

  expect(timeLimit.mock.calls).toEqual([[2_200]]);
});

describe('a user who can be neither onboarded nor parked', () => {
  test('gets a message that contains no internal details', async () => {
    sfn.on(StartSyncExecutionCommand).rejects(new Error('connect ECONNREFUSED 10.0.0.1:443'));
    sqs.on(SendMessageCommand).rejects(new Error('The specified queue does not exist: arn:aws:sqs:…'));

    const failure = handler(postConfirmationEvent(), lambdaContext());

    await expect(failure).rejects.toThrow(/^Your account is confirmed, but [\w\s.]+$/);
    await expect(failure).rejects.toMatchObject({ name: 'OnboardingIncompleteError' });
    expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ event: 'UserNotParked', sub: SUB }));
  });

  test('gets this message before Lambda ends the function, even if SQS does not answer', async () => {
    executionEndsWith({ status: 'FAILED', error: 'OnboardingFailed' });
    jest.spyOn(SQSClient.prototype, 'send').mockImplementation(untilAborted);

    await expect(handler(postConfirmationEvent(), lambdaContext(120))).rejects.toThrow(
      /^Your account is confirmed/,
    );

    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'UserNotParked', reason: expect.stringMatching(/timeout/) }),
    );
  });

  test('gets this message for an event that Cognito cannot have sent; the log says what was wrong', async () => {
    const failure = handler(
      { triggerSource: 'PostConfirmation_ConfirmSignUp', userName: 7 },
      lambdaContext(),
    );

    await expect(failure).rejects.toThrow(/^Your account is confirmed/);
    expect(log.error).toHaveBeenCalledWith({
      event: 'InvalidEvent',
      error: 'InvalidInputError',
      reason: expect.stringMatching(/userPoolId.*userName.*request/),
    });
  });
});

describe('nobody is onboarded, and the event is returned unchanged', () => {
  test.each([
    ['for a password reset', { triggerSource: 'PostConfirmation_ConfirmForgotPassword' }],
    ['for a source that Cognito may add', { triggerSource: 'PostConfirmation_New' }],
  ])('%s, and nobody is counted as skipped', async (_, overrides) => {
    await expectNobodyOnboarded(overrides);

    expect(log.info.mock.calls).toEqual([[{ event: 'TriggerSourceIgnored', ...overrides }]]);
  });

  test.each([
    ['for an unconfirmed user', { 'cognito:user_status': 'UNCONFIRMED' }, 'Unconfirmed'],
    ['for a user without a status', { 'cognito:user_status': undefined }, 'StatusNotAccepted'],
    ['for an unverified e-mail address', { email_verified: 'false' }, 'EmailNotVerified'],
    ['for a missing verification', { email_verified: undefined }, 'EmailNotVerified'],
  ])('%s, with a reason', async (_, attributes, reason) => {
    const event = await expectNobodyOnboarded({ attributes });

    const status = event.request.userAttributes['cognito:user_status'];
    expect(log.info.mock.calls).toEqual([[{ event: 'OnboardingSkipped', reason, status, sub: SUB }]]);
  });

  async function expectNobodyOnboarded(overrides: Parameters<typeof postConfirmationEvent>[0]) {
    const event = JSON.parse(JSON.stringify(postConfirmationEvent(overrides)));
    const before = structuredClone(event);

    await expect(handler(event, lambdaContext())).resolves.toBe(event);

    expect(event).toEqual(before);
    expect(startedExecutions()).toEqual([]);
    expect(parkedUsers()).toEqual([]);
    return event;
  }
});

describe('a missing environment variable is named in the log', () => {
  test('for the state machine, and the user is parked', async () => {
    delete process.env.STATE_MACHINE_ARN;

    await handler(postConfirmationEvent(), lambdaContext());

    expect(parkedUsers()).toHaveLength(1);
    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({
        event: 'ExecutionUnanswered',
        reason: expect.stringMatching(/STATE_MACHINE_ARN/),
      }),
    );
  });

  test('for the retry queue, but the user does not see it', async () => {
    sfn.on(StartSyncExecutionCommand).rejects(new Error('unreachable'));
    delete process.env.RETRY_QUEUE_URL;

    await expect(handler(postConfirmationEvent(), lambdaContext())).rejects.toThrow(
      /^Your account is confirmed, but [\w\s.]+$/,
    );

    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'UserNotParked', reason: expect.stringMatching(/RETRY_QUEUE_URL/) }),
    );
  });
});

test('a user is parked even if SQS would refuse their address without escaping', async () => {
  sfn.on(StartSyncExecutionCommand).rejects(new Error('unreachable'));
  const address = '\uffff 東京 😀';

  await handler(postConfirmationEvent({ attributes: { address } }), lambdaContext());

  const [{ MessageBody = '' } = {}] = parkedUsers();
  expect(MessageBody).toMatch(/^[ -~]+$/);
  expect(JSON.parse(MessageBody)).toEqual(confirmedUser({ attributes: { address } }));
});

test('no log line contains personal data except the sub', async () => {
  sfn.on(StartSyncExecutionCommand).rejects(new Error('unreachable'));

  await handler(postConfirmationEvent({ attributes: { address: 'Rue de Rivoli' } }), lambdaContext());

  const lines = JSON.stringify(Object.values(log).flatMap((mock) => mock.mock.calls));
  expect(lines).not.toMatch(/ada@example.com|Rivoli/);
});
