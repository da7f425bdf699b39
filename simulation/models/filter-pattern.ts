/** Whether a line of a log matches a filter pattern. */
export type FilterPattern = (line: unknown) => boolean;

const COMPARISON = /^\$\.([\w.]+)\s*(!=|>=|<=|=|>|<)\s*(?:"([^"]*)"|(\S+))$/;

/**
 * Reads a filter pattern for JSON: comparisons of fields, joined by `&&`, with or without parentheses.
 *
 * @throws Error for a pattern in another form.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseFilterPattern(pattern: string): FilterPattern {
  const [, inner] = /^\{(.*)\}$/s.exec(pattern.trim()) ?? [];
  if (inner === undefined) throw new Error(`there is no model of the filter pattern ${pattern}`);
  const tests = inner.split('&&').map((part) =>
    comparisonOf(
      part
        .trim()
        .replace(/^\(|\)$/g, '')
        .trim(),
    ),
  );
  return (line) => typeof line === 'object' && line !== null && tests.every((test) => test(line));
}

function comparisonOf(text: string): (line: object) => boolean {
  const [, field, operator, string, word] = COMPARISON.exec(text) ?? [];
  if (field === undefined) throw new Error(`there is no model of the filter ${text}`);
  const expected = string ?? JSON.parse(word as string);
  return (line) => compare(fieldOf(line, field), operator as string, expected);
}

/** The value of a field such as `message.event`. */
export function fieldOf(line: unknown, path: string): unknown {
  return path.split('.').reduce((value: unknown, name) => {
    return value instanceof Object ? (value as Record<string, unknown>)[name] : undefined;
  }, line);
}

function compare(value: unknown, operator: string, expected: unknown): boolean {
  if (operator === '=') return value === expected;
  if (operator === '!=') return value !== expected;
  if (typeof value !== 'number' || typeof expected !== 'number') return false;
  if (operator === '>') return value > expected;
  if (operator === '<') return value < expected;
  return operator === '>=' ? value >= expected : value <= expected;
}
