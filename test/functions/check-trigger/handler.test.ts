import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/check-trigger/handler';

const OURS = 'arn:aws:lambda:us-east-1:000000000000:function:trigger';
const THEIRS = 'arn:aws:lambda:us-east-1:000000000000:function:trigger-of-others';
const USER_POOL_ID = 'us-east-1_AbCdEfGhI';

const cognito = mockClient(CognitoIdentityProviderClient);
const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };

beforeEach(() => {
  cognito.reset();
  for (const level of ['info', 'warn', 'error'] as const) {
    log[level].mockReset();
    jest.spyOn(console, level).mockImplementation(log[level]);
  }
  Object.assign(process.env, { USER_POOL_ID, TRIGGER_FUNCTION_ARN: OURS });
});

function check(trigger: string | undefined, otherAllowed: boolean) {
  process.env.OTHER_TRIGGER_ALLOWED = String(otherAllowed);
  const LambdaConfig = trigger === undefined ? undefined : { PostConfirmation: trigger };
  cognito.on(DescribeUserPoolCommand, { UserPoolId: USER_POOL_ID }).resolves({ UserPool: { LambdaConfig } });
  return handler();
}

test.each<[string, string | undefined, boolean, string, keyof typeof log, string]>([
  ['ours', OURS, false, 'Attached', 'info', 'TriggerAttached'],
  ['an alias of ours', `${OURS}:live`, false, 'Attached', 'info', 'TriggerAttached'],
  ['none', undefined, false, 'Detached', 'error', 'TriggerDetached'],
  ['none, where another one is allowed', undefined, true, 'Detached', 'error', 'TriggerDetached'],
  ["somebody else's", THEIRS, false, 'Replaced', 'error', 'TriggerDetached'],
  ["somebody else's, which is allowed", THEIRS, true, 'Replaced', 'warn', 'OtherTriggerFound'],
])('the trigger is %s', async (_, trigger, otherAllowed, status, level, event) => {
  expect(await check(trigger, otherAllowed)).toEqual({ status });

  const found = { event, userPoolId: USER_POOL_ID, trigger: trigger ?? 'none' };
  expect(log[level]).toHaveBeenCalledWith(found);
  expect(Object.values(log).flatMap(({ mock }) => mock.calls)).toHaveLength(1);
});

test('an error of Cognito keeps its name', async () => {
  const throttle = Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' });
  cognito.on(DescribeUserPoolCommand).rejects(throttle);

  await expect(handler()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
});
