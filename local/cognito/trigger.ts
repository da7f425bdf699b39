import { setTimeout as delay } from 'node:timers/promises';
import { AwsError } from '../aws/api';
import { arn, REGION } from '../aws/environment';
import type { Outcome } from '../aws/invocation';

/** How Cognito calls a trigger: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
const TIME_LIMIT = 5_000;
const MAX_CALLS = 3;

/** The facts about a confirmation that its trigger gets. */
interface PostConfirmation {
  readonly functionArn: string;
  readonly triggerSource: string;
  readonly userPoolId: string;
  readonly userName: string;
  /** Null for calls of an administrator. */
  readonly clientId: string | null;
  readonly userAttributes: Record<string, string>;
  readonly clientMetadata?: Record<string, string>;
}

/** Invokes a function on behalf of a user pool (the source) and waits for the outcome. */
export type InvokeTrigger = (functionArn: string, payload: string, sourceArn: string) => Promise<Outcome>;

/**
 * Calls the post confirmation trigger as Cognito does: up to three times. Each call has 5 s to answer.
 *
 * @param timeLimit in ms.
 * @throws AwsError UserLambdaValidationException with the function's error message,
 * UnexpectedLambdaException if it cannot be invoked or does not answer in time,
 * InvalidLambdaResponseException if it answers with something other than an object.
 */
export async function callPostConfirmation(
  invoke: InvokeTrigger,
  confirmation: PostConfirmation,
  timeLimit = TIME_LIMIT,
): Promise<void> {
  const payload = JSON.stringify(eventOf(confirmation));
  const sourceArn = arn('cognito-idp', `userpool/${confirmation.userPoolId}`);
  for (let call = 1; call <= MAX_CALLS; call += 1) {
    const abort = new AbortController();
    const outcome = await Promise.race([
      invoke(confirmation.functionArn, payload, sourceArn),
      delay(timeLimit, undefined, { signal: abort.signal }),
    ])
      .catch((error) => {
        throw unexpected(error instanceof AwsError ? error.code : String(error));
      })
      .finally(() => abort.abort());
    if (outcome) return assertSuccess(outcome);
  }
  throw unexpected('Socket timeout while invoking Lambda function');
}

function eventOf(confirmation: PostConfirmation) {
  const { triggerSource, userPoolId, userName, clientId, userAttributes, clientMetadata } = confirmation;
  return {
    version: '1',
    region: REGION,
    userPoolId,
    userName,
    callerContext: {
      awsSdkVersion: 'aws-sdk-unknown-unknown',
      clientId: clientId ?? 'CLIENT_ID_NOT_APPLICABLE',
    },
    triggerSource,
    request: { userAttributes, ...(clientMetadata && { clientMetadata }) },
    response: {},
  };
}

function assertSuccess({ payload, failed }: Outcome): void {
  const answer: unknown = JSON.parse(payload);
  if (failed) {
    const { errorMessage } = answer as { errorMessage?: string };
    throw new AwsError(
      'UserLambdaValidationException',
      `PostConfirmation failed with error ${errorMessage}.`,
    );
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  }
}

function unexpected(reason: string): AwsError {
  return new AwsError(
    'UnexpectedLambdaException',
    `PostConfirmation invocation failed due to error ${reason}.`,
  );
}
