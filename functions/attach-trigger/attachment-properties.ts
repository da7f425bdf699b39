import * as v from 'valibot';

/** The id of a user pool. */
export const UserPoolId = v.pipe(v.string(), v.regex(/^[\w-]+_[0-9A-Za-z]+$/));

/** The ARN of a function; `|` separates the parts of an attachment's physical id. */
export const FunctionArn = v.pipe(v.string(), v.regex(/^arn:[\w-]+:lambda:[^|]+$/));
