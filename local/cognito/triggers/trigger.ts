import '../../aws/promise-with-resolvers';
import { AwsError } from '../../aws/api';
import { arn, environmentOf } from '../../aws/environment';
import type { Outcome } from '../../aws/invocation';

/** How Cognito calls a trigger: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
const TIME_LIMIT = 5_000;
const MAX_CALLS = 3;

/** A call of a trigger. */
export interface TriggerCall {
  /** Such as `PreSignUp`. */
  readonly trigger: string;
  readonly functionArn: string;
  /** Such as `PreSignUp_AdminCreateUser`. */
  readonly triggerSource: string;
  /** @default - 1 */
  readonly version?: string;
  readonly userPoolId: string;
  readonly userName: string;
  /** Null for calls of an administrator. */
  readonly clientId: string | null;
  readonly request: object;
  /** What the function may change. */
  readonly response: object;
}

/** Invokes a function on behalf of a user pool (the source) and waits for the outcome. */
export type InvokeTrigger = (functionArn: string, payload: string, sourceArn: string) => Promise<Outcome>;

/**
 * Calls a trigger as Cognito does: up to three times. Each call has 5 s to answer.
 *
 * @param timeLimit in ms.
 * @returns the `response` in the function's answer.
 * @throws AwsError UserLambdaValidationException with the function's error message,
 * UnexpectedLambdaException if it cannot be invoked or does not answer in time,
 * InvalidLambdaResponseException if it answers with something other than an object.
 */
export async function callTrigger(
  invoke: InvokeTrigger,
  call: TriggerCall,
  timeLimit = TIME_LIMIT,
): Promise<Record<string, unknown>> {
  const payload = JSON.stringify(eventOf(call));
  // A user pool and its triggers are in the same account and region.
  const sourceArn = arn('cognito-idp', `userpool/${call.userPoolId}`, environmentOf(call.functionArn));
  for (let count = 1; count <= MAX_CALLS; count += 1) {
    const { promise: expired, resolve: expire } = Promise.withResolvers<void>();
    const timer = setTimeout(expire, timeLimit);
    const outcome = await Promise.race([invoke(call.functionArn, payload, sourceArn), expired])
      .catch((error) => {
        throw unexpected(call, reasonOf(error));
      })
      .finally(() => clearTimeout(timer));
    if (outcome) return responseIn(outcome, call);
  }
  throw unexpected(call, 'Socket timeout while invoking Lambda function');
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html#cognito-user-pools-lambda-trigger-event-parameter-shared */
function eventOf({ version = '1', userPoolId, userName, clientId, ...call }: TriggerCall) {
  return {
    version,
    region: environmentOf(call.functionArn).region,
    userPoolId,
    userName,
    callerContext: {
      awsSdkVersion: 'aws-sdk-unknown-unknown',
      clientId: clientId ?? 'CLIENT_ID_NOT_APPLICABLE',
    },
    triggerSource: call.triggerSource,
    request: call.request,
    response: call.response,
  };
}

function responseIn({ payload, failed }: Outcome, { trigger }: TriggerCall): Record<string, unknown> {
  const answer: unknown = JSON.parse(payload);
  if (failed) {
    const { errorMessage } = answer as { errorMessage?: string };
    throw new AwsError('UserLambdaValidationException', `${trigger} failed with error ${errorMessage}.`);
  }
  const response = isObject(answer) ? (answer.response ?? {}) : undefined;
  if (isObject(response)) return response;
  throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Cognito names the error of Lambda only. That a function cannot run here is news of the local cloud's own. */
function reasonOf(error: unknown): string {
  if (!(error instanceof AwsError)) return String(error);
  return error.code === 'InvalidRuntimeException' ? `${error.code}: ${error.message}` : error.code;
}

function unexpected({ trigger }: TriggerCall, reason: string): AwsError {
  return new AwsError('UnexpectedLambdaException', `${trigger} invocation failed due to error ${reason}.`);
}
