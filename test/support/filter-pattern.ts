/**
 * Whether a line matches a metric filter's JSON pattern, as far as the stack's patterns go: comparisons of a
 * text (`=`) or a number (`>`), joined by `&&`.
 *
 * @throws Error for any other pattern.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function matchesPattern(line: string, pattern: string): boolean {
  const [, conditions = ''] = /^\{ (.+) \}$/.exec(pattern) ?? [];
  return conditions.split(' && ').every((condition) => matchesCondition(line, condition));
}

/** What a line adds to the metric: a number, or the value that a selector such as `$.message.missed` names. */
export function valueIn(line: string, metricValue: string): number {
  return Number(metricValue.startsWith('$') ? select(line, metricValue) : metricValue);
}

function matchesCondition(line: string, condition: string): boolean {
  const comparison = /^\(?(\$[.\w]+) (=|>) ("[^"*]+"|\d+)\)?$/.exec(condition);
  if (!comparison) throw new Error(`this test does not know the condition ${condition}`);
  const [, selector = '', operator, operand = ''] = comparison;
  const value = select(line, selector);
  if (operator === '=') return value === JSON.parse(operand);
  return typeof value === 'number' && value > Number(operand);
}

function select(line: string, selector: string): unknown {
  return selector
    .split('.')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], parse(line));
}

/** A line that is no JSON has no values. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
