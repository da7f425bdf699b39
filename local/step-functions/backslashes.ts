/**
 * What answers a text in which the interpreter (aws-local-stepfunctions) has deleted each backslash. It means to
 * delete those that stand before another character in the definition.
 */
const ANSWERS_TEXT = /States\.(?:Format|ArrayGetItem)\b/;

/**
 * Why the local cloud cannot run a definition with some data; undefined if it can.
 *
 * @param definition JSON.
 */
export function backslashProblem(definition: string, data: unknown): string | undefined {
  const [intrinsic] = ANSWERS_TEXT.exec(definition) ?? [];
  // In JSON, this is a backslash in a text.
  if (!intrinsic || !JSON.stringify(data ?? null).includes('\\\\')) return undefined;
  return `the local cloud cannot run ${intrinsic} beside data with a backslash, which would be lost: try it without the backslash, or on AWS`;
}
