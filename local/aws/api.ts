/** The parameters of a call, as the AWS JSON protocol carries them. */
export type Input = Record<string, unknown>;

/** A call to an action of an AWS service of the JSON protocol. */
export interface AwsCall {
  /** Such as `ConfirmSignUp`. */
  readonly action: string;
  readonly input: Input;
}

/** The answer of an AWS API. */
export interface AwsResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** One of the services behind the gateway. */
export interface AwsService {
  /** The prefix that IAM puts before its actions, such as `cognito-idp`. */
  readonly prefix: string;
  readonly actions: readonly string[];
  /** May throw an {@link AwsError}. */
  readonly call: (call: AwsCall) => Promise<AwsResponse>;
}

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

/** The error for a member that breaks a constraint of its service's model; it does not repeat the value. */
export function violation(code: string, member: string, constraint: string): AwsError {
  return new AwsError(
    code,
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** The functions that perform actions, by the name of the action. */
export type Performers = Record<string, (input: Input) => Promise<unknown>>;

/**
 * Calls a service from within the local cloud.
 *
 * @throws AwsError the error that the service answered.
 */
export async function perform<T>(service: AwsService, action: string, input: Input): Promise<T> {
  const { status, body } = await service.call({ action, input });
  const output = JSON.parse(body);
  if (status === 200) return output;
  throw new AwsError(String(output.__type).split('#').pop() ?? '', output.message, status);
}

/** An answer in the form of the AWS JSON protocol. */
export function jsonResponse(value: unknown, status = 200): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(value) };
}

/** An error in the form of the AWS JSON protocol. */
export function errorResponse(error: unknown): AwsResponse {
  const { code, message, status } =
    error instanceof AwsError
      ? error
      : new AwsError('InternalFailure', `internal failure of the local cloud: ${error}`, 500);
  const response = jsonResponse({ __type: code, message }, status);
  return { ...response, headers: { ...response.headers, 'x-amzn-errortype': code } };
}

/** An error in Lambda's form: the headers have the code, the body says whether caller or service failed. */
export function lambdaErrorResponse(error: unknown): AwsResponse {
  const response = errorResponse(error);
  const { message } = JSON.parse(response.body);
  return { ...response, body: JSON.stringify({ Type: response.status < 500 ? 'User' : 'Service', message }) };
}

/**
 * Reads the parameters of a call; a member that is null counts as left out.
 *
 * @throws AwsError SerializationException for anything but a JSON object.
 */
export function parseInput(body: string): Input {
  const input = parseJson(body || '{}');
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Input;
  throw new AwsError('SerializationException', 'the request body is not a JSON object');
}

function parseJson(body: string): unknown {
  try {
    // A reviver takes time: it is called for each value.
    if (!body.includes('null')) return JSON.parse(body);
    return JSON.parse(body, function (key, value) {
      if (value !== null) return value;
      return Array.isArray(this) && key !== '' ? {} : undefined;
    });
  } catch {
    throw new AwsError('SerializationException', 'the request body is not valid JSON');
  }
}
