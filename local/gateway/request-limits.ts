import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AwsError, type AwsResponse, errorResponse, lambdaErrorResponse } from '../aws/api';

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * The largest size of a request, in bytes, by the prefix of its `X-Amz-Target`.
 *
 * The services enforce their own limits for an item, a message or an input. These limits are higher, because
 * JSON may need six characters for one.
 */
const REQUEST_LIMITS: Record<string, number> = {
  DynamoDB_20120810: 16 * MIB,
  AmazonSQS: 8 * MIB,
  AWSStepFunctions: 2 * MIB,
};

const DEFAULT_LIMIT = MIB;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const INVOKE_LIMITS: Record<string, number> = { RequestResponse: 6 * MIB, Event: MIB };

const INVOKE_PATH = /^\/2015-03-31\/functions\/[^/]+\/invocations$/;

interface Limit {
  readonly bytes: number;
  readonly refuse: (length: string) => AwsResponse;
}

/** Answers 413 to a request that is too large, and reads no more than the limit. */
export const requestLimit: MiddlewareHandler = async (c, next) => {
  const { bytes, refuse } = limitOf(c);
  const length = c.req.header('content-length');
  if (length !== undefined) return Number(length) > bytes ? toResponse(refuse(length)) : next();
  // Counting the bytes costs time. Only a body without a stated length needs it.
  if (c.req.header('transfer-encoding') === undefined) return next();
  return bodyLimit({ maxSize: bytes, onError: () => toResponse(refuse(`more than ${bytes}`)) })(c, next);
};

/** An answer over HTTP. Like each answer of AWS, it has an id, which some of the emulators choose. */
export function toResponse({ status, headers, body }: AwsResponse): Response {
  return new Response(status === 204 ? null : body, {
    status,
    headers: { 'x-amzn-requestid': randomUUID(), ...headers },
  });
}

function limitOf(c: Context): Limit {
  if (INVOKE_PATH.test(c.req.path)) return invokeLimit(c.req.header('x-amz-invocation-type'));
  const [prefix = ''] = (c.req.header('x-amz-target') ?? '').split('.');
  const bytes = (Object.hasOwn(REQUEST_LIMITS, prefix) && REQUEST_LIMITS[prefix]) || DEFAULT_LIMIT;
  const message = (length: string) => `the request has ${length} bytes, but at most ${bytes} are allowed`;
  return {
    bytes,
    refuse: (length) => errorResponse(new AwsError('RequestEntityTooLargeException', message(length), 413)),
  };
}

/** Lambda states its limit for the payload, and the request body is only the payload. */
function invokeLimit(type = 'RequestResponse'): Limit {
  const bytes = INVOKE_LIMITS[type] ?? 6 * MIB;
  return {
    bytes,
    refuse: (length) => {
      const message = `${length} byte payload is too large for the ${type} invocation type (limit ${bytes} bytes)`;
      return lambdaErrorResponse(new AwsError('RequestEntityTooLargeException', message, 413));
    },
  };
}
