import { AwsError } from './aws-api';
import type { Lambda } from './lambda';
import { TaskError, type TaskResource } from './step-functions';

interface InvokeParameters {
  readonly FunctionName: string;
  readonly Payload?: unknown;
}

interface SendMessageParameters {
  readonly QueueUrl: string;
  readonly MessageBody: unknown;
}

/** Sends a message and answers what SQS answers; it may throw an {@link AwsError}. */
export type SendMessage = (parameters: { QueueUrl: string; MessageBody: string }) => Promise<unknown>;

/**
 * The optimized service integrations that tasks of the local cloud can name as their `Resource`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
export function taskResources(lambda: Lambda, sendMessage: SendMessage): Record<string, TaskResource> {
  return {
    'arn:aws:states:::lambda:invoke': async ({ FunctionName, Payload = {} }: InvokeParameters) => {
      const { payload, failed } = await named('Lambda', () =>
        lambda.invoke(FunctionName, JSON.stringify(Payload)),
      );
      // A function's error keeps its own name; the whole error object is the cause.
      if (failed) throw new TaskError(JSON.parse(payload).errorType ?? 'Lambda.Unknown', payload);
      return { ExecutedVersion: '$LATEST', Payload: JSON.parse(payload), StatusCode: 200 };
    },
    'arn:aws:states:::sqs:sendMessage': ({ QueueUrl, MessageBody }: SendMessageParameters) => {
      const body = typeof MessageBody === 'string' ? MessageBody : JSON.stringify(MessageBody);
      return named('Sqs', () => sendMessage({ QueueUrl, MessageBody: body }));
    },
  };
}

/** Step Functions puts the service before the name of the error that the service itself answered. */
async function named<T>(service: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AwsError) throw new TaskError(`${service}.${error.code}`, error.message);
    throw error;
  }
}
