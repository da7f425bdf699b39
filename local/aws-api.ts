/** A request to an AWS API, reduced to what decides its answer. */
export interface AwsRequest {
  /** The API's action, such as `ConfirmSignUp`. */
  readonly action: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The answer of an AWS API. */
export interface AwsResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** One of the services behind the gateway. */
export type AwsService = (request: AwsRequest) => Promise<AwsResponse>;

/** An error that a caller sees in the form of AWS: a code and a message. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** The form in which the AWS JSON protocol answers. */
export function jsonResponse(value: unknown, status = 200): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(value) };
}

/** The form in which the AWS JSON protocol answers an error. */
export function errorResponse(error: unknown): AwsResponse {
  const { code, message, status } =
    error instanceof AwsError
      ? error
      : new AwsError('InternalFailure', `internal failure of the local cloud: ${error}`, 500);
  const response = jsonResponse({ __type: code, message }, status);
  return { ...response, headers: { ...response.headers, 'x-amzn-errortype': code } };
}

/**
 * Makes a service of the AWS JSON protocol out of one function per action.
 *
 * @param actions what each action does with the parsed body; it may throw an {@link AwsError}.
 */
export function jsonService(actions: Record<string, (input: never) => unknown>): AwsService {
  return async ({ action, body }) => {
    const perform = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (!perform)
      throw new AwsError('UnknownOperationException', `the local cloud does not support ${action}`);
    return jsonResponse(await perform(parseJson(body) as never));
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body || '{}');
  } catch {
    throw new AwsError('SerializationException', 'the request body is not valid JSON');
  }
}
