/**
 * A name, an ARN, or the part of an ARN from the account on; each with or without a qualifier.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
const FUNCTION_NAME = /^(?:arn:[\w-]+:lambda:[\w-]+:)?(?:\d{12}:function:)?([\w-]+)(?::(\$LATEST|[\w-]+))?$/;

/** The version that a call without a qualifier is for. */
export const LATEST = '$LATEST';

/** The name of a function that a call identifies in one of Lambda's ways. */
export function functionNameOf(nameOrArn: string): string {
  return FUNCTION_NAME.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** The version or alias that a call names; undefined if it names none. */
export function qualifierOf(nameOrArn: string): string | undefined {
  return FUNCTION_NAME.exec(nameOrArn)?.[2];
}
