import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  TooManyRequestsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../functions/add-user-to-group/handler';
import { EXECUTION_ARN, SUB, taskInput } from '../../support/builders';

const cognito = mockClient(CognitoIdentityProviderClient);

let info: jest.SpyInstance;

beforeEach(() => {
  info = jest.spyOn(console, 'info').mockImplementation();
  cognito.reset();
  process.env.GROUP_RULE = '{"by":"name","group":"users"}';
});

test('adds the user to the configured group of their own user pool', async () => {
  cognito.on(AdminAddUserToGroupCommand).resolves({});

  expect(await handler(taskInput())).toEqual({ group: 'users' });

  expect(cognito.commandCalls(AdminAddUserToGroupCommand).map((call) => call.args[0].input)).toEqual([
    { UserPoolId: 'us-east-1_AbCdEfGhI', Username: SUB, GroupName: 'users' },
  ]);
});

test('adds nobody for whom the rule has no group, and says so', async () => {
  process.env.GROUP_RULE = '{"by":"attribute","attribute":"custom:plan","groups":{"pro":"professionals"}}';

  expect(await handler(taskInput({ attributes: { 'custom:plan': null } }))).toEqual({ group: null });

  expect(cognito.commandCalls(AdminAddUserToGroupCommand)).toEqual([]);
  expect(info.mock.calls).toEqual([[{ event: 'UserHasNoGroup', sub: SUB, executionArn: EXECUTION_ARN }]]);
});

test('adds nobody of whom the rule does not know enough', async () => {
  process.env.GROUP_RULE =
    '{"by":"attribute","attribute":"custom:plan","groups":{"pro":"professionals"},"otherwise":"customers"}';

  await expect(handler(taskInput())).rejects.toMatchObject({ name: 'AttributeUnknownError' });

  expect(cognito.commandCalls(AdminAddUserToGroupCommand)).toEqual([]);
});

test("lets Cognito's error through under its own name, for the state machine to match", async () => {
  const error = new TooManyRequestsException({ message: 'Rate exceeded', $metadata: {} });
  cognito.on(AdminAddUserToGroupCommand).rejects(error);

  await expect(handler(taskInput())).rejects.toMatchObject({ name: 'TooManyRequestsException' });
});

test('refuses a payload without a confirmed user, naming each wrong field', async () => {
  await expect(
    handler({ confirmedUser: { sub: 'a b' } as never, executionArn: EXECUTION_ARN }),
  ).rejects.toThrow(
    /not a confirmed user: userPoolId must be .*; username must be .*; sub must be .*a string of 3 characters/,
  );
});

test('names the environment variable that is missing', async () => {
  delete process.env.GROUP_RULE;

  await expect(handler(taskInput())).rejects.toThrow('environment variable GROUP_RULE is not set');
});

test('logs the sub and the execution, but no other data of the user', async () => {
  cognito.on(AdminAddUserToGroupCommand).resolves({});

  await handler(taskInput({ username: 'ada@example.com', attributes: { address: '12 St James Square' } }));

  expect(info.mock.calls).toEqual([[{ event: 'UserAddedToGroup', sub: SUB, executionArn: EXECUTION_ARN }]]);
});
