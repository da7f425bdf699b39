import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AwsError, type AwsResponse, errorResponse, lambdaErrorResponse } from '../aws/api';

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * How large a request may be, in bytes, by the prefix of its `X-Amz-Target`.
 *
 * Above what the services take as an item, a message or an input, which they refuse themselves: JSON writes a
 * character with up to six.
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

/** Answers 413 to a request that is too large, and reads no more of it than what is allowed. */
export const requestLimit: MiddlewareHandler = async (c, next) => {
  const { bytes, refuse } = limitOf(c);
  const length = c.req.header('content-length');
  if (length !== undefined) return Number(length) > bytes ? toResponse(refuse(length)) : next();
  // Only then does the limit have to count, which costs time.
  if (c.req.header('transfer-encoding') === undefined) return next();
  return bodyLimit({ maxSize: bytes, onError: () => toResponse(refuse(`more than ${bytes}`)) })(c, next);
};

export function toResponse({ status, headers, body }: AwsResponse): Response {
  return new Response(status === 204 ? null : body, { status, headers });
}

function limitOf(c: Context): Limit {
  if (INVOKE_PATH.test(c.req.path)) return invokeLimit(c.req.header('x-amz-invocation-type'));
  const [prefix = ''] = (c.req.header('x-amz-target') ?? '').split('.');
  const bytes = (Object.hasOwn(REQUEST_LIMITS, prefix) && REQUEST_LIMITS[prefix]) || DEFAULT_LIMIT;
  const message = (length: string) => `the request has ${length} bytes, of at most ${bytes}`;
  return {
    bytes,
    refuse: (length) => errorResponse(new AwsError('RequestEntityTooLargeException', message(length), 413)),
  };
}

/** Lambda names its limit by the payload, which is all that the request consists of. */
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
