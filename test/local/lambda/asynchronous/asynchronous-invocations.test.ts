import { AwsError } from '../../../../local/aws/api';
import type { Outcome } from '../../../../local/aws/invocation';
import type { RoleSession } from '../../../../local/iam/role-session';
import {
  AsynchronousInvocations,
  type EventTarget,
} from '../../../../local/lambda/asynchronous/asynchronous-invocations';
import {
  type EventInvokeConfigProperties,
  eventInvokeConfig,
} from '../../../../local/lambda/asynchronous/event-invoke-config';

const FAILED: Outcome = { payload: '{"errorType":"Error","errorMessage":"no"}', failed: true };
const SUCCEEDED: Outcome = { payload: '"done"', failed: false };
const THROTTLED = new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`;
const role = { roleName: 'worker' } as RoleSession;

const invoke = jest.fn<Promise<Outcome>, [string, string, string]>();
const calls = {
  sendEvent: jest.fn(async (..._: unknown[]) => ({})),
  sendMessage: jest.fn(async (..._: unknown[]) => ({})),
  putEvents: jest.fn(async (..._: unknown[]) => ({})),
};

let now: number;
let lines: string[];
let asynchronous: AsynchronousInvocations;

beforeEach(() => {
  jest.resetAllMocks();
  now = Date.parse('2026-11-26T12:00:00Z');
  lines = [];
});

afterEach(() => {
  asynchronous.close();
  jest.useRealTimers();
});

function create(config: Partial<EventInvokeConfigProperties> = {}, deadLetterArn?: string): void {
  const target: EventTarget = {
    functionArn: arn('lambda', 'function:fn:$LATEST'),
    version: '$LATEST',
    role,
    config: eventInvokeConfig(config as EventInvokeConfigProperties),
    deadLetterArn,
  };
  asynchronous = new AsynchronousInvocations({
    calls,
    targetOf: () => target,
    invoke,
    log: (_, line) => lines.push(line),
    now: () => now,
  });
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function after(seconds: number): Promise<number> {
  now += seconds * 1000;
  asynchronous.startDue();
  await settled();
  return invoke.mock.calls.length;
}

async function accept(): Promise<void> {
  asynchronous.accept('fn', '{"order":7}');
  await settled();
}

test('a success is not repeated', async () => {
  create();
  invoke.mockResolvedValue(SUCCEEDED);
  await accept();

  expect(await after(3600)).toBe(1);
  expect(lines).toEqual([]);
});

test('a failure is repeated after one minute and after two more, with the same request id', async () => {
  create();
  invoke.mockResolvedValue(FAILED);
  await accept();

  expect(await after(59)).toBe(1);
  expect(await after(1)).toBe(2);
  expect(await after(119)).toBe(2);
  expect(await after(1)).toBe(3);
  expect(await after(3600)).toBe(3);
  expect(new Set(invoke.mock.calls.map(([, , requestId]) => requestId)).size).toBe(1);
});

test('a wait that the clock has shortened lasts as long as what is left of it', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  create();
  invoke.mockResolvedValue(FAILED);
  await accept();
  expect(await after(30)).toBe(1);

  jest.advanceTimersByTime(29_999);
  await settled();
  expect(invoke).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(1);
  await settled();
  expect(invoke).toHaveBeenCalledTimes(2);
});

test('what waits for a function that is gone is forgotten', async () => {
  create();
  invoke.mockResolvedValue(FAILED);
  await accept();

  asynchronous.forget(() => false);
  expect(await after(60)).toBe(2);
  asynchronous.forget((nameOrArn) => nameOrArn === 'fn');
  expect(await after(3600)).toBe(2);
});

test('what a function does at its end is forgotten with it', async () => {
  const Destination = arn('sqs', 'failed');
  create({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination } } });
  let end = (_: Outcome) => {};
  invoke.mockReturnValue(new Promise((resolve) => (end = resolve)));
  await accept();

  asynchronous.forget((nameOrArn) => nameOrArn === 'fn');
  end(FAILED);
  await settled();

  expect(calls.sendMessage).not.toHaveBeenCalled();
});

test('MaximumRetryAttempts: 0 repeats nothing', async () => {
  create({ MaximumRetryAttempts: 0 });
  invoke.mockResolvedValue(FAILED);
  await accept();

  expect(await after(3600)).toBe(1);
});

test('a throttled event is repeated after 1 s, 2 s, 4 s, until it is too old', async () => {
  create({
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: arn('sqs', 'failed') } },
  });
  invoke.mockRejectedValue(THROTTLED);
  await accept();

  expect(await after(1)).toBe(2);
  expect(await after(1)).toBe(2);
  expect(await after(1)).toBe(3);
  expect(await after(4)).toBe(4);
  expect(await after(60)).toBe(4);
  const [, { MessageBody }] = calls.sendMessage.mock.calls[0] as [unknown, { MessageBody: string }];
  expect(JSON.parse(MessageBody)).toEqual({
    version: '1.0',
    timestamp: '2026-11-26T12:01:07.000Z',
    requestContext: {
      requestId: expect.any(String),
      functionArn: arn('lambda', 'function:fn:$LATEST'),
      condition: 'EventAgeExceeded',
      approximateInvokeCount: 0,
    },
    requestPayload: { order: 7 },
  });
});

test('the dead-letter queue gets the event itself, and the reason as attributes', async () => {
  create({ MaximumRetryAttempts: 0 }, arn('sqs', 'dead'));
  invoke.mockResolvedValue(FAILED);
  await accept();

  expect(calls.sendMessage).toHaveBeenCalledWith(role, {
    QueueArn: arn('sqs', 'dead'),
    MessageBody: '{"order":7}',
    MessageAttributes: {
      RequestID: { DataType: 'String', StringValue: invoke.mock.calls[0]?.[2] },
      ErrorCode: { DataType: 'Number', StringValue: '200' },
      ErrorMessage: { DataType: 'String', StringValue: 'no' },
    },
  });
});

test('the destination gets its record even if the dead-letter queue is gone', async () => {
  const failed = arn('sqs', 'failed');
  create(
    { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: failed } } },
    arn('sqs', 'dead'),
  );
  invoke.mockResolvedValue(FAILED);
  calls.sendMessage.mockRejectedValueOnce(new AwsError('QueueDoesNotExist', 'gone'));
  await accept();

  expect(calls.sendMessage).toHaveBeenLastCalledWith(
    role,
    expect.objectContaining({ QueueArn: failed, MessageBody: expect.stringContaining('RetriesExhausted') }),
  );
  expect(lines).toEqual(['event not delivered: QueueDoesNotExist: gone']);
});

test('a dead-letter target that is no queue gets nothing, and the destination gets its record', async () => {
  const Destination = arn('lambda', 'function:next');
  create({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination } } }, arn('sns', 'news'));
  invoke.mockResolvedValue(FAILED);
  await accept();

  expect(calls.sendEvent).toHaveBeenCalledWith(role, Destination, expect.any(String));
  expect(calls.sendMessage).not.toHaveBeenCalled();
  expect(lines).toEqual([]);
});

test('a destination can be a function or an event bus', async () => {
  invoke.mockResolvedValue(SUCCEEDED);
  for (const Destination of [arn('lambda', 'function:next'), arn('events', 'event-bus/shop')]) {
    create({ DestinationConfig: { OnSuccess: { Destination } } });
    await accept();
  }

  expect(calls.sendEvent).toHaveBeenCalledWith(
    role,
    arn('lambda', 'function:next'),
    expect.stringContaining('"Success"'),
  );
  expect(calls.putEvents).toHaveBeenCalledWith(role, {
    Entries: [
      {
        EventBusName: arn('events', 'event-bus/shop'),
        Source: 'lambda',
        DetailType: 'Lambda Function Invocation Result - Success',
        Resources: [arn('events', 'event-bus/shop'), arn('lambda', 'function:fn:$LATEST')],
        Detail: expect.stringContaining('"responsePayload":"done"'),
      },
    ],
  });
});

test('what could not be delivered is a line in the log', async () => {
  create({ DestinationConfig: { OnSuccess: { Destination: arn('sns', 'news') } } });
  invoke.mockResolvedValue(SUCCEEDED);
  await accept();

  expect(lines).toEqual([
    `event not delivered: InvalidParameterValueException: the local cloud cannot send events to ${arn('sns', 'news')}`,
  ]);
});

test('nothing is repeated once it is closed', async () => {
  create();
  invoke.mockResolvedValue(FAILED);
  await accept();
  asynchronous.close();

  expect(await after(3600)).toBe(1);
});
