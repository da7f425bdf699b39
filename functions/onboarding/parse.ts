import * as v from 'valibot';

/** Thrown for input that has the wrong form; trying again cannot help. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
}

/**
 * Reads what the schema describes from a value, and drops other fields.
 *
 * @param what the schema in words, for the error message.
 * @throws InvalidInputError naming each wrong field.
 */
export function parse<Schema extends v.GenericSchema>(schema: Schema, value: unknown, what: string) {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new InvalidInputError(`not ${what}: ${result.issues.map(describe).join('; ')}`);
}

/**
 * Parses JSON.
 *
 * @throws InvalidInputError, which does not quote the text; the error of `JSON.parse` would.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError(`not JSON: it is a string of ${text.length} characters`);
  }
}

/** Says what was received without repeating it: it may be personal, and messages are logged. */
function describe(issue: v.BaseIssue<unknown>): string {
  const { input, expected, type, path } = issue;
  // For a missing field, valibot's `expected` is the field's name.
  const isMissing = path?.at(-1)?.origin === 'key';
  const received = typeof input === 'string' ? `a string of ${input.length} characters` : typeof input;
  return `${v.getDotPath(issue) ?? 'it'} must be ${isMissing ? 'given' : (expected ?? type)}, but is ${received}`;
}
