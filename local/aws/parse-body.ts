import type { Context } from 'hono';
import * as v from 'valibot';
import { AwsError } from './api';

/**
 * Checks the body of a request to the local cloud's own API, and returns the part that the schema describes.
 *
 * @param what the schema in words, for the error message.
 * @throws AwsError ValidationException naming each wrong field.
 */
export function parse<Schema extends v.GenericSchema>(schema: Schema, body: unknown, what: string) {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const wrong = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
  throw new AwsError('ValidationException', `not ${what}: ${wrong.join('; ')}`);
}

/** @throws AwsError SerializationException if the body is not JSON. */
export async function bodyOf(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    throw new AwsError('SerializationException', 'the request body is not valid JSON');
  }
}
