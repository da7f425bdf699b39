import { AwsError, violation } from '../aws/api';

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const INVOCATION_TYPES = ['Event', 'RequestResponse', 'DryRun'];

/** @throws AwsError ValidationException for a type that Lambda does not have. */
export function assertInvocationType(type: string): void {
  if (INVOCATION_TYPES.includes(type)) return;
  const constraint = `Member must satisfy enum value set: [${INVOCATION_TYPES.join(', ')}]`;
  throw violation('ValidationException', 'invocationType', constraint);
}

/** @throws AwsError InvalidRequestContentException for a payload that is not JSON. */
export function assertJson(body: string): void {
  try {
    JSON.parse(body);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${error}`);
  }
}
