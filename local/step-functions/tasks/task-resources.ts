import { randomUUID } from 'node:crypto';
import { AwsError, type Input } from '../../aws/api';
import type { Outcome } from '../../aws/invocation';
import type { RoleSession } from '../../iam/role-session';
import { isFunctionArn, type TaskContext, TaskError, type TaskResource } from './task';

const INVOKE = 'arn:aws:states:::lambda:invoke';

interface InvokeParameters {
  readonly FunctionName: string;
  readonly Payload?: unknown;
}

interface SendMessageParameters {
  readonly QueueUrl: string;
  readonly MessageBody: unknown;
  readonly [parameter: string]: unknown;
}

interface StartExecutionParameters {
  readonly StateMachineArn: string;
  readonly Name?: string;
  readonly Input?: unknown;
}

interface PutEventsParameters {
  readonly Entries: readonly { readonly Detail?: unknown; readonly Resources?: readonly string[] }[];
}

/** The calls that tasks make under their state machine's role. Each may throw an {@link AwsError}. */
export interface TaskCalls {
  readonly invokeFunction: (role: RoleSession, functionName: string, payload: string) => Promise<Outcome>;
  readonly sendMessage: (
    role: RoleSession,
    parameters: { QueueUrl: string; MessageBody: string } & Input,
  ) => Promise<unknown>;
  readonly startExecution: (role: RoleSession, parameters: Input) => Promise<unknown>;
  readonly putEvents: (
    role: RoleSession,
    parameters: Input,
  ) => Promise<{ readonly FailedEntryCount: number }>;
  readonly updateItem: (role: RoleSession, parameters: Input) => Promise<unknown>;
}

/**
 * The optimized service integrations that a task can have as its `Resource` in the local cloud.
 *
 * @param requestId makes the id of a call that failed, which is in the cause of the task's error.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
export function taskResources(
  calls: TaskCalls,
  requestId: () => string = randomUUID,
): Record<string, TaskResource> {
  /** Step Functions puts the name of the service before the name of an error from that service. */
  const named = async <T>(service: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw error instanceof AwsError ? toTaskError(service, error, requestId()) : error;
    }
  };
  return {
    [INVOKE]: async ({ FunctionName, Payload = {} }: InvokeParameters, role) => {
      const { payload, failed } = await named('Lambda', () =>
        calls.invokeFunction(role, FunctionName, JSON.stringify(Payload)),
      );
      if (failed) throw functionError(payload);
      return { ExecutedVersion: '$LATEST', Payload: JSON.parse(payload), StatusCode: 200 };
    },
    'arn:aws:states:::sqs:sendMessage': ({ MessageBody, ...parameters }: SendMessageParameters, role) => {
      const body =
        typeof MessageBody === 'string' ? MessageBody : withoutSurrogates(JSON.stringify(MessageBody));
      return named('Sqs', () => calls.sendMessage(role, { ...parameters, MessageBody: body }));
    },
    'arn:aws:states:::states:startExecution': (
      { StateMachineArn, Name, Input }: StartExecutionParameters,
      role,
    ) => {
      const input = { stateMachineArn: StateMachineArn, name: Name, input: JSON.stringify(Input ?? {}) };
      return named('StepFunctions', () => calls.startExecution(role, input));
    },
    'arn:aws:states:::events:putEvents': async (parameters: PutEventsParameters, role, execution) => {
      const output = await named('EventBridge', () =>
        calls.putEvents(role, { Entries: parameters.Entries.map((entry) => entryOf(entry, execution)) }),
      );
      if (output.FailedEntryCount > 0) throw new TaskError('EventBridge.FailedEntry', JSON.stringify(output));
      return output;
    },
    'arn:aws:states:::dynamodb:updateItem': (parameters: Input, role) =>
      named('DynamoDB', () => calls.updateItem(role, parameters)),
  };
}

/**
 * Finds what does the work of a task's `Resource`: an integration, or the ARN of a function. A function gets the
 * task's input as its payload, and the task's output is the bare answer.
 *
 * @returns undefined for a resource that the local cloud cannot call.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export function taskResourceFor(
  resources: Record<string, TaskResource>,
  resource: string,
): TaskResource | undefined {
  if (!isFunctionArn(resource)) return Object.hasOwn(resources, resource) ? resources[resource] : undefined;
  const invoke = resources[INVOKE];
  return async (input: unknown, role, execution) => {
    const parameters = { FunctionName: resource, Payload: input } as never;
    const output = (await invoke?.(parameters, role, execution)) as { Payload: unknown };
    return output.Payload;
  };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
function entryOf(
  { Detail, Resources = [], ...entry }: PutEventsParameters['Entries'][number],
  { executionArn, stateMachineArn }: TaskContext,
) {
  return {
    ...entry,
    ...(Detail !== undefined && { Detail: typeof Detail === 'string' ? Detail : JSON.stringify(Detail) }),
    Resources: [...Resources, stateMachineArn, executionArn],
  };
}

/** The emulator of SQS rejects every character beyond U+FFFF as invalid. */
function withoutSurrogates(json: string): string {
  return json.replace(/[\ud800-\udfff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/** A function's error keeps its own name, and the whole error object is the cause. */
function functionError(payload: string): TaskError {
  const errorType = errorTypeIn(payload);
  if (errorType !== undefined) return new TaskError(errorType, payload);
  const reason = 'The cause could not be determined because Lambda did not return an error type.';
  return new TaskError('Lambda.Unknown', `${reason} Returned payload: ${payload}`);
}

function errorTypeIn(payload: string): string | undefined {
  try {
    const errorType = JSON.parse(payload)?.errorType;
    return typeof errorType === 'string' ? errorType : undefined;
  } catch {
    // The payload is not JSON, so it names no type.
    return undefined;
  }
}

/** For errors outside the service's API, such as those of IAM, Step Functions uses the names of its SDK. */
const SDK_ERRORS: Record<string, [name: string, service: string]> = {
  DynamoDB: ['DynamoDB.AmazonDynamoDBException', 'AmazonDynamoDBv2'],
  EventBridge: ['EventBridge.AmazonEventBridgeException', 'AmazonEventBridge'],
  Lambda: ['Lambda.AWSLambdaException', 'AWSLambda'],
  Sqs: ['SQS.AmazonSQSException', 'AmazonSQS'],
  StepFunctions: ['StepFunctions.AWSStepFunctionsException', 'AWSStepFunctions'],
};

/** Step Functions gives a service's error the text of its SDK: the message, and where it comes from. */
function toTaskError(service: string, { code, message, status }: AwsError, requestId: string): TaskError {
  const [sdkName = '', sdkService = service] = SDK_ERRORS[service] ?? [];
  const name = code.startsWith('AccessDenied') ? sdkName : `${service}.${code}`;
  const details = `Service: ${sdkService}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}`;
  return new TaskError(name, `${message} (${details}; Proxy: null)`);
}
