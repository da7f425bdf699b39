import { AwsError } from '../../../../local/aws/api';
import { callTrigger, type InvokeTrigger } from '../../../../local/cognito/triggers/trigger';

const call = {
  trigger: 'PostConfirmation',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:trigger',
  triggerSource: 'PostConfirmation_ConfirmSignUp',
  userPoolId: 'us-east-1_AbCdEfGhI',
  userName: 'ada',
  clientId: 'client',
  request: { userAttributes: { sub: 'ada', 'cognito:user_status': 'CONFIRMED' } },
  response: { answer: null },
};

const answers = (value: unknown, failed = false): InvokeTrigger => {
  return async () => ({ payload: JSON.stringify(value), failed });
};
const never: InvokeTrigger = () => new Promise(() => {});

test("calls the trigger with Cognito's event", async () => {
  const invoke = jest.fn(answers({}));

  await callTrigger(invoke, { ...call, version: '2' });

  const [functionArn, payload = ''] = invoke.mock.calls[0] ?? [];
  expect(functionArn).toBe(call.functionArn);
  expect(JSON.parse(payload)).toEqual({
    version: '2',
    region: 'us-east-1',
    userPoolId: 'us-east-1_AbCdEfGhI',
    userName: 'ada',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
    triggerSource: 'PostConfirmation_ConfirmSignUp',
    request: call.request,
    response: { answer: null },
  });
});

test("an administrator's call has no client", async () => {
  const invoke = jest.fn(answers({}));

  await callTrigger(invoke, { ...call, clientId: null });

  expect(JSON.parse(invoke.mock.calls[0]?.[1] ?? '').callerContext.clientId).toBe('CLIENT_ID_NOT_APPLICABLE');
});

test("passes the function's error message on to the client", async () => {
  const invoke = answers({ errorType: 'Error', errorMessage: 'Please try later' }, true);

  await expect(callTrigger(invoke, call)).rejects.toMatchObject({
    code: 'UserLambdaValidationException',
    message: 'PostConfirmation failed with error Please try later.',
  });
});

test.each([
  [{ response: { answer: 42 } }, { answer: 42 }],
  [{ response: null }, {}],
  [{}, {}],
])('takes the response from %j', async (answer, response) => {
  expect(await callTrigger(answers(answer), call)).toEqual(response);
});

test.each([[null], ['text'], [7], [[[]]], [{ response: 'text' }], [{ response: [] }]])(
  'refuses %j as an answer',
  async (answer) => {
    await expect(callTrigger(answers(answer), call)).rejects.toMatchObject({
      code: 'InvalidLambdaResponseException',
    });
  },
);

test('calls three times a trigger that does not answer, then gives up', async () => {
  const invoke = jest.fn(never);

  await expect(callTrigger(invoke, call, 10)).rejects.toMatchObject({
    code: 'UnexpectedLambdaException',
    message: 'PostConfirmation invocation failed due to error Socket timeout while invoking Lambda function.',
  });
  expect(invoke).toHaveBeenCalledTimes(3);
});

test('is content with a second call that answers', async () => {
  const invoke = jest.fn(answers({})).mockImplementationOnce(never);

  await callTrigger(invoke, call, 10);

  expect(invoke).toHaveBeenCalledTimes(2);
});

test('tells of a function that cannot be invoked', async () => {
  const invoke = () => Promise.reject(new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429));

  await expect(callTrigger(invoke, call)).rejects.toMatchObject({
    code: 'UnexpectedLambdaException',
    message: 'PostConfirmation invocation failed due to error TooManyRequestsException.',
  });
});
