import * as v from 'valibot';

/** Thrown for input that has the wrong form; trying again cannot help. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
}

/**
 * Takes what the schema describes out of a value, leaving other fields behind.
 *
 * @param what the schema in words, for the error message.
 * @throws InvalidInputError naming each wrong field.
 */
export function parse<Schema extends v.GenericSchema>(schema: Schema, value: unknown, what: string) {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const wrong = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
  throw new InvalidInputError(`not ${what}: ${wrong.join('; ')}`);
}
