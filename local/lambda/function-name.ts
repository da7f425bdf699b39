/**
 * A name, an ARN, or the end of one that begins with the account, with or without a qualifier.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
const FUNCTION_NAME =
  /^(?:arn:[\w-]+:lambda:[\w-]+:)?(?:\d{12}:function:)?([\w-]+)(?::(?:\$LATEST|[\w-]+))?$/;

/** The name of the function that a call names in one of Lambda's ways. */
export function functionNameOf(nameOrArn: string): string {
  return FUNCTION_NAME.exec(nameOrArn)?.[1] ?? nameOrArn;
}
