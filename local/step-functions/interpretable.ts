type Node = Record<string, unknown>;

/** A definition, or the part of one that a branch or an iterator is. */
interface Machine {
  readonly States: Record<string, Node>;
  readonly [field: string]: unknown;
}

/**
 * In s: longer than any test, and short enough for a timer of Node. Without a time-out, the interpreter ends a task
 * after 60 s. AWS lets it run for years.
 */
const ALMOST_FOREVER = 2_000_000;

/** The types that the variable of a comparison must have. The interpreter compares `"3"` and `5` as numbers. */
const TYPE_TESTS: readonly [comparison: RegExp, tests: readonly string[]][] = [
  [/^Numeric(Less|Greater)/, ['IsNumeric']],
  [/^String(Less|Greater|Matches)/, ['IsString']],
  [/^Timestamp/, ['IsString', 'IsTimestamp']],
  [/^IsTimestamp$/, ['IsString']],
];

/**
 * The same definition in a form that the interpreter (aws-local-stepfunctions) runs as AWS runs the original.
 *
 * A task whose parameters have paths gets `{ input, context }`: the local cloud reads its parameters and watches
 * its time-out.
 *
 * @see https://states-language.net/spec.html
 */
export function toInterpretable(definition: Machine): Machine {
  const states = Object.entries(definition.States).map(([name, state]) => [
    name,
    toInterpretableState(state),
  ]);
  return { ...definition, States: Object.fromEntries(states) };
}

/** Whether a template of parameters has fields whose values come from paths or intrinsic functions. */
export function hasPaths(template: unknown): boolean {
  if (typeof template !== 'object' || template === null) return false;
  return Object.entries(template).some(([key, value]) => key.endsWith('.$') || hasPaths(value));
}

function toInterpretableState(state: Node): Node {
  switch (state.Type) {
    case 'Task':
      return {
        ...state,
        TimeoutSeconds: ALMOST_FOREVER,
        ...(hasPaths(state.Parameters) && { Parameters: { 'input.$': '$', 'context.$': '$$' } }),
      };
    case 'Choice':
      return { ...state, Choices: (state.Choices as Node[]).map(toTypedRule) };
    case 'Fail':
      // The interpreter would invent what is left out.
      return {
        ...state,
        ...(!('Error' in state || 'ErrorPath' in state) && { Error: '' }),
        ...(!('Cause' in state || 'CausePath' in state) && { Cause: '' }),
      };
    case 'Parallel':
      return { ...state, Branches: (state.Branches as Machine[]).map(toInterpretable) };
    case 'Map': {
      const processor = 'ItemProcessor' in state ? 'ItemProcessor' : 'Iterator';
      return { ...state, [processor]: toInterpretable(state[processor] as Machine) };
    }
    default:
      return state;
  }
}

/** A value of another type than the comparison's does not match. */
function toTypedRule(rule: Node): Node {
  if (Array.isArray(rule.And)) return { ...rule, And: rule.And.map(toTypedRule) };
  if (Array.isArray(rule.Or)) return { ...rule, Or: rule.Or.map(toTypedRule) };
  if (rule.Not) return { ...rule, Not: toTypedRule(rule.Not as Node) };
  const { Next, Variable, ...comparisons } = withLiteralQuestionMarks(rule);
  const [comparison = ''] = Object.keys(comparisons).filter((key) => key !== 'Comment');
  const [, tests = []] = TYPE_TESTS.find(([pattern]) => pattern.test(comparison)) ?? [];
  if (tests.length === 0) return rule;
  const typed = tests.map((test) => ({ Variable, [test]: true }));
  return { And: [...typed, { Variable, ...comparisons }], ...(Next !== undefined && { Next }) };
}

/** To the interpreter, a question mark is a wildcard, too. To AWS, only the asterisk is one. */
function withLiteralQuestionMarks(rule: Node): Node {
  const { StringMatches } = rule;
  if (typeof StringMatches !== 'string') return rule;
  return { ...rule, StringMatches: StringMatches.replaceAll('?', '\\?') };
}
