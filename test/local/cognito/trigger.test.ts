import { AwsError } from '../../../local/aws/api';
import { callPostConfirmation, type InvokeTrigger } from '../../../local/cognito/trigger';

const confirmation = {
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:trigger',
  triggerSource: 'PostConfirmation_ConfirmSignUp',
  userPoolId: 'us-east-1_AbCdEfGhI',
  userName: 'ada',
  clientId: 'client',
  userAttributes: { sub: 'ada', 'cognito:user_status': 'CONFIRMED' },
};

const answers = (value: unknown, failed = false): InvokeTrigger => {
  return async () => ({ payload: JSON.stringify(value), failed });
};
const never: InvokeTrigger = () => new Promise(() => {});

test("calls the trigger with Cognito's event", async () => {
  const invoke = jest.fn(answers({}));

  await callPostConfirmation(invoke, { ...confirmation, clientMetadata: { from: 'web' } });

  const [functionArn, payload = ''] = invoke.mock.calls[0] ?? [];
  expect(functionArn).toBe(confirmation.functionArn);
  expect(JSON.parse(payload)).toEqual({
    version: '1',
    region: 'us-east-1',
    userPoolId: 'us-east-1_AbCdEfGhI',
    userName: 'ada',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
    triggerSource: 'PostConfirmation_ConfirmSignUp',
    request: { userAttributes: confirmation.userAttributes, clientMetadata: { from: 'web' } },
    response: {},
  });
});

test("an administrator's call has no client", async () => {
  const invoke = jest.fn(answers({}));

  await callPostConfirmation(invoke, { ...confirmation, clientId: null });

  expect(JSON.parse(invoke.mock.calls[0]?.[1] ?? '').callerContext.clientId).toBe('CLIENT_ID_NOT_APPLICABLE');
});

test("passes the function's error message on to the client", async () => {
  const invoke = answers({ errorType: 'Error', errorMessage: 'Please try later' }, true);

  await expect(callPostConfirmation(invoke, confirmation)).rejects.toMatchObject({
    code: 'UserLambdaValidationException',
    message: 'PostConfirmation failed with error Please try later.',
  });
});

test.each([[null], ['text'], [7], [[[]]]])('refuses %j as an answer', async (answer) => {
  await expect(callPostConfirmation(answers(answer), confirmation)).rejects.toMatchObject({
    code: 'InvalidLambdaResponseException',
  });
});

test('calls three times a trigger that does not answer, then gives up', async () => {
  const invoke = jest.fn(never);

  await expect(callPostConfirmation(invoke, confirmation, 10)).rejects.toMatchObject({
    code: 'UnexpectedLambdaException',
    message: 'PostConfirmation invocation failed due to error Socket timeout while invoking Lambda function.',
  });
  expect(invoke).toHaveBeenCalledTimes(3);
});

test('is content with a second call that answers', async () => {
  const invoke = jest.fn(answers({})).mockImplementationOnce(never);

  await callPostConfirmation(invoke, confirmation, 10);

  expect(invoke).toHaveBeenCalledTimes(2);
});

test('tells of a function that cannot be invoked', async () => {
  const invoke = () => Promise.reject(new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429));

  await expect(callPostConfirmation(invoke, confirmation)).rejects.toMatchObject({
    code: 'UnexpectedLambdaException',
    message: 'PostConfirmation invocation failed due to error TooManyRequestsException.',
  });
});
