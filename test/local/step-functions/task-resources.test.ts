import { AwsError } from '../../../local/aws/api';
import type { RoleSession } from '../../../local/iam/iam';
import { TaskError } from '../../../local/step-functions/task';
import { taskResources } from '../../../local/step-functions/task-resources';

const RESOURCE = 'arn:aws:states:::lambda:invoke';
const role = {} as RoleSession;

describe('the error of a function', () => {
  const invoke = (outcome: { payload: string; failed: boolean } | AwsError) => {
    const invokeFunction = async () => {
      if (outcome instanceof AwsError) throw outcome;
      return outcome;
    };
    const resources = taskResources({ invokeFunction, sendMessage: jest.fn(), startExecution: jest.fn() });
    return resources[RESOURCE]?.({ FunctionName: 'fn' } as never, role) as Promise<unknown>;
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
