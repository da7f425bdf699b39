import {
  ExpiredCodeException,
  GetUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { eventually, TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await TestCloud.start();
});

afterAll(() => cloud.close());

interface Advanced {
  readonly now: string;
  readonly schedules: readonly { readonly name: string; readonly error?: string }[];
}

async function advance(duration: unknown): Promise<Response> {
  return fetch(`${cloud.endpoint}/_local/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance: duration }),
  });
}

async function advanced(duration: unknown): Promise<Advanced> {
  return (await (await advance(duration)).json()) as Advanced;
}

async function accessTokenOf(email: string): Promise<string> {
  const { AuthenticationResult } = await cloud.cognito.send(
    new InitiateAuthCommand({
      ClientId: cloud.output('UserPoolClientId'),
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: 'Correct-Horse-7-Battery' },
    }),
  );
  return AuthenticationResult?.AccessToken ?? '';
}

test('moves forward from the real time', async () => {
  const { now: before } = await cloud.get<{ now: string }>('/_local/clock');
  const { now: after } = await advanced({ hours: 1, minutes: 30 });

  expect(Date.parse(after) - Date.parse(before)).toBeGreaterThanOrEqual(90 * 60_000);
  expect(Date.parse(after) - Date.parse(before)).toBeLessThan(91 * 60_000);
});

test('a code expires after a day', async () => {
  const user = await cloud.signUp();
  const code = await cloud.codeFor(user.email);
  await advance({ hours: 25 });

  await expect(cloud.confirmWith(user, code)).rejects.toThrow(ExpiredCodeException);
});

test('a token expires', async () => {
  const user = await cloud.signUpAndConfirm();
  const AccessToken = await accessTokenOf(user.email);
  await cloud.cognito.send(new GetUserCommand({ AccessToken }));
  await advance({ hours: 2 });

  await expect(cloud.cognito.send(new GetUserCommand({ AccessToken }))).rejects.toThrow('expired');
  await cloud.cognito.send(new GetUserCommand({ AccessToken: await accessTokenOf(user.email) }));
});

test('a delayed message and one that was received become visible', async () => {
  const QueueUrl = cloud.output('DeadLetterQueueUrl');
  const receive = async () => {
    const { Messages = [] } = await cloud.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 3600 }),
    );
    return Messages.map(({ Body }) => Body);
  };
  await cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late', DelaySeconds: 900 }));

  expect(await receive()).toEqual([]);
  await advance({ minutes: 14 });
  expect(await receive()).toEqual([]);
  await advance({ minutes: 1 });
  expect(await receive()).toEqual(['late']);
  await advance({ minutes: 59 });
  expect(await receive()).toEqual([]);
  await advance({ minutes: 1 });
  expect(await receive()).toEqual(['late']);
});

test('a parked user is retried when the clock says so', async () => {
  await cloud.setFaults([{ action: 'cognito-idp:AdminAddUserToGroup', error: 'InternalErrorException' }]);
  const user = await cloud.signUpAndConfirm();
  // An earlier test may have started the reconciliation, which then sends this user to the queue as well.
  await eventually(async () => JSON.stringify(await cloud.usersIn('RetryQueueUrl')).includes(user.sub));
  await cloud.setFaults([]);
  const isOnboarded = async () => {
    // Less than the visibility time-out, or a retry that takes a moment would count as lost again and again.
    await advance({ seconds: 10 });
    return (await cloud.recordOf(user)) !== undefined;
  };

  await eventually(isOnboarded);
  expect(await cloud.groupsOf(user)).toEqual(['users']);
});

test('starts a schedule that became due, once', async () => {
  const { schedules } = await advanced({ days: 3 });

  expect(schedules).toEqual([{ name: expect.any(String), scheduledAt: expect.any(String) }]);
  const executions = await cloud.get<{ stateMachineArn: string }[]>('/_local/executions');
  expect(executions.map(({ stateMachineArn }) => stateMachineArn)).toContain(
    cloud.output('ReconciliationStateMachineArn'),
  );
});

test.each([
  ['a negative time', { hours: -1 }, 'advance.hours'],
  ['no time', {}, 'between zero and ten years'],
  ['an unknown unit', { weeks: 1 }, 'advance.weeks'],
])('refuses %s', async (_, duration, message) => {
  const response = await advance(duration);

  expect(response.status).toBe(400);
  expect(await response.text()).toContain(message);
});

test('a name that no function has is told from a function that wrote nothing', async () => {
  const url = `${cloud.endpoint}/_local/logs?function=`;
  const known = await fetch(url + cloud.output('RetryFunctionName'));
  const unknown = await fetch(`${url}nobody`);

  expect(known.status).toBe(200);
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toEqual({ message: 'there is no function named nobody' });
});
