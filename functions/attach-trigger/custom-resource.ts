import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { describeError } from '../aws-client/describe-error';
import { parse } from '../onboarding/parse';

const MAX_ATTEMPTS = 4;

/** How long CloudFormation's bucket may take to accept an answer, in ms. */
const ANSWER_TIMEOUT = 5_000;

/** CloudFormation accepts an answer of up to 4,096 bytes. */
const MAX_REASON_LENGTH = 1_500;

const RequestSchema = v.object({
  RequestType: v.string(),
  ResponseURL: v.pipe(v.string(), v.url()),
  StackId: v.string(),
  RequestId: v.string(),
  LogicalResourceId: v.string(),
  PhysicalResourceId: v.optional(v.string()),
  ResourceProperties: v.optional(v.unknown()),
  OldResourceProperties: v.optional(v.unknown()),
});

/**
 * CloudFormation's request to a custom resource. Only the fields that are needed to answer it are checked.
 */
export type CustomResourceRequest = v.InferOutput<typeof RequestSchema>;

/** The outcome of a request. */
export interface CustomResourceOutcome {
  readonly physicalResourceId: string;
  /** Why the request failed, if it did. */
  readonly error?: unknown;
}

/** @throws InvalidInputError for an event that cannot be answered. */
export function parseCustomResourceRequest(event: unknown): CustomResourceRequest {
  return parse(RequestSchema, event, 'a custom resource request');
}

/**
 * Tells CloudFormation the outcome of its request; without an answer, it waits for up to an hour.
 *
 * @throws Error if CloudFormation cannot be reached; it does not quote the URL, which is a credential.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export async function answerCustomResource(
  { ResponseURL, StackId, RequestId, LogicalResourceId }: CustomResourceRequest,
  { physicalResourceId, error }: CustomResourceOutcome,
): Promise<void> {
  const body = JSON.stringify({
    Status: error === undefined ? 'SUCCESS' : 'FAILED',
    ...(error !== undefined && { Reason: describeError(error).reason.slice(0, MAX_REASON_LENGTH) }),
    PhysicalResourceId: physicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put(ResponseURL, body);
    } catch (failure) {
      console.error({ event: 'AnswerNotDelivered', attempt, ...describeError(failure) });
      if (attempt === MAX_ATTEMPTS) throw failure;
      await delay(250 * 2 ** attempt);
    }
  }
}

async function put(url: string, body: string): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    // The signature in the URL covers the content type, and was made without one.
    headers: { 'content-type': '' },
    body: new TextEncoder().encode(body),
    signal: AbortSignal.timeout(ANSWER_TIMEOUT),
  });
  if (!response.ok) throw new Error(`CloudFormation refused the answer: status ${response.status}`);
}
