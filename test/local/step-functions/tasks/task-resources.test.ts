import { AwsError } from '../../../../local/aws/api';
import { Events } from '../../../../local/events/events';
import type { RoleSession } from '../../../../local/iam/role-session';
import { TaskError } from '../../../../local/step-functions/tasks/task';
import { taskResources } from '../../../../local/step-functions/tasks/task-resources';

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const role = {} as RoleSession;
const execution = { executionArn: 'arn:execution', stateMachineArn: 'arn:machine' };
const UNUSED = {
  invokeFunction: jest.fn(),
  sendMessage: jest.fn(),
  startExecution: jest.fn(),
  putEvents: jest.fn(),
  updateItem: jest.fn(),
};

describe('the error of a function', () => {
  const invoke = (outcome: { payload: string; failed: boolean } | AwsError) => {
    const invokeFunction = async () => {
      if (outcome instanceof AwsError) throw outcome;
      return outcome;
    };
    const resources = taskResources({ ...UNUSED, invokeFunction });
    return resources[RESOURCE]?.({ FunctionName: 'fn' } as never, role, execution) as Promise<unknown>;
  };

  test.each(['null', 'no JSON', '"text"', '{}', '{"errorType":5}', ''])(
    'is Lambda.Unknown with the payload %j',
    async (payload) => {
      await expect(invoke({ payload, failed: true })).rejects.toEqual(
        new TaskError(
          'Lambda.Unknown',
          `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
        ),
      );
    },
  );

  test('has its own name and its whole payload', async () => {
    const payload = '{"errorType":"Throttled","errorMessage":"slow down"}';

    await expect(invoke({ payload, failed: true })).rejects.toEqual(new TaskError('Throttled', payload));
  });

  test("an error of Lambda's own ends with where it comes from", async () => {
    await expect(
      invoke(new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429)),
    ).rejects.toMatchObject({
      name: 'Lambda.TooManyRequestsException',
      message: expect.stringMatching(
        /^Rate Exceeded\. \(Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: [0-9a-f-]{36}; Proxy: null\)$/,
      ),
    });
  });
});

/** Runs a task of `events:putEvents` with an event bus of its own. */
function putEvents(entry: object, putEntries?: () => Promise<never>) {
  const events = new Events(() => {});
  const resources = taskResources({
    ...UNUSED,
    putEvents: putEntries ?? (async (_, parameters) => events.putEvents(parameters)),
  });
  const task = resources['arn:aws:states:::events:putEvents'];
  return { events, result: task?.({ Entries: [entry] } as never, role, execution) };
}

const ENTRY = { Source: 'shop', DetailType: 'OrderPlaced', Detail: { order: 1 }, Resources: ['arn:order'] };

test('an event of a task has its detail as JSON, and the state machine and the execution as resources', async () => {
  const { events, result } = putEvents(ENTRY);

  await expect(result).resolves.toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
  expect(events.published.list()).toMatchObject([
    { detail: { order: 1 }, resources: ['arn:order', 'arn:machine', 'arn:execution'] },
  ]);
});

test('an entry that is refused fails the task, with the answer as its cause', async () => {
  const { result } = putEvents({ ...ENTRY, Source: '' });

  await expect(result).rejects.toMatchObject({
    name: 'EventBridge.FailedEntry',
    message: expect.stringContaining('"ErrorCode":"InvalidArgument"'),
  });
});

test('a task updates an item with its parameters as they are, and its output is the answer', async () => {
  const updateItem = jest.fn(async () => ({ Attributes: { id: { S: '1' } } }));
  const task = taskResources({ ...UNUSED, updateItem })['arn:aws:states:::dynamodb:updateItem'];
  const parameters = { TableName: 'users', Key: { id: { S: '1' } }, UpdateExpression: 'REMOVE mark' };

  await expect(task?.(parameters as never, role, execution)).resolves.toEqual({
    Attributes: { id: { S: '1' } },
  });
  expect(updateItem).toHaveBeenCalledWith(role, parameters);
});

test.each([
  ['ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'],
  ['AccessDeniedException', 'DynamoDB.AmazonDynamoDBException'],
])('the error %s of DynamoDB is %s', async (code, name) => {
  const updateItem = async () => {
    throw new AwsError(code, 'no');
  };
  const task = taskResources({ ...UNUSED, updateItem })['arn:aws:states:::dynamodb:updateItem'];

  await expect(task?.({} as never, role, execution)).rejects.toMatchObject({
    name,
    message: expect.stringMatching(/^no \(Service: AmazonDynamoDBv2; Status Code: 400; /),
  });
});

test.each([
  [new AwsError('InternalException', 'internal'), 'EventBridge.InternalException'],
  [new AwsError('AccessDeniedException', 'denied'), 'EventBridge.AmazonEventBridgeException'],
])('the error %s of EventBridge is %s', async (error, name) => {
  const { result } = putEvents(ENTRY, async () => {
    throw error;
  });

  await expect(result).rejects.toMatchObject({ name });
});
