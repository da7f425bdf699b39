/** The filters of an event source mapping, as the template describes them: each pattern is JSON. */
export interface FilterCriteria {
  readonly Filters?: readonly { readonly Pattern: string }[];
}

/** Whether a record passes. */
export type EventFilter = (record: Readonly<Record<string, unknown>>) => boolean;

/** Whether the value of a field matches; it is undefined if the field is not there. */
type Rule = (value: unknown) => boolean;

type Pattern = Readonly<Record<string, unknown>>;

const COMPARISONS: Record<string, (value: number, limit: number) => boolean> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '=': (value, limit) => value === limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax */
const OPERATORS: Record<string, (argument: never) => Rule> = {
  'anything-but': (excluded: unknown) => (value) => value !== undefined && ![excluded].flat().includes(value),
  'equals-ignore-case': (text: string) => (value) =>
    typeof value === 'string' && value.toLowerCase() === text.toLowerCase(),
  exists: (wanted: boolean) => (value) => (value !== undefined) === wanted,
  numeric: numericRule,
  prefix: (text: string) => (value) => typeof value === 'string' && value.startsWith(text),
  suffix: (text: string) => (value) => typeof value === 'string' && value.endsWith(text),
};

/**
 * The filter that lets through what matches one of the patterns; without patterns, everything.
 *
 * @throws Error for a pattern that Lambda would refuse, or with an operator that is not known here.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function eventFilter({ Filters = [] }: FilterCriteria = {}): EventFilter {
  const filters = Filters.map(({ Pattern: text }) => filterOf(parsed(text)));
  return (record) => filters.length === 0 || filters.some((passes) => passes(record));
}

function filterOf(pattern: Pattern): EventFilter {
  const { body, ...others } = pattern;
  const passesOthers = structRule(others);
  if (body === undefined) return passesOthers;
  const passesBody = memberRule('body', body);
  // A pattern with members is for a body of JSON; one with a list is for plain text.
  const read = Array.isArray(body) ? (text: unknown) => text : json;
  return (record) => passesOthers(record) && passesBody(read(record.body));
}

function structRule(pattern: Pattern): (value: unknown) => boolean {
  const { $or: alternatives, ...members } = pattern;
  const rules = Object.entries(members).map(
    ([name, rule]) => [name, memberRule(name, rule)] as [string, Rule],
  );
  const either = ((alternatives ?? []) as Pattern[]).map(structRule);
  return (value) => {
    const struct = isStruct(value) ? value : {};
    const matchesAll = rules.every(([name, matches]) => matches(struct[name]));
    return matchesAll && (either.length === 0 || either.some((matches) => matches(value)));
  };
}

/** One of a list has to match; in a list of values, one of these. */
function memberRule(name: string, rule: unknown): Rule {
  if (isStruct(rule)) return structRule(rule);
  if (!Array.isArray(rule)) throw new Error(`the filter's ${name} must be a list of values or rules`);
  const rules = rule.map(valueRule);
  return (value) => {
    const values = Array.isArray(value) && value.length > 0 ? value : [value];
    return values.some((one) => rules.some((matches) => matches(one)));
  };
}

function valueRule(rule: unknown): Rule {
  if (!isStruct(rule)) return (value) => value === rule;
  const [[operator = '', argument] = []] = Object.entries(rule);
  const toRule = OPERATORS[operator];
  const isKnown = toRule && !(isStruct(argument) && operator === 'anything-but');
  if (!isKnown) throw new Error(`the local cloud does not know the rule ${JSON.stringify(rule)} of a filter`);
  return toRule(argument as never);
}

function numericRule(parts: readonly (string | number)[]): Rule {
  const limits = parts.flatMap((operator, index) => {
    if (index % 2 === 1) return [];
    const compare = COMPARISONS[operator];
    if (!compare) throw new Error(`the filter's numeric rule has ${operator}, which is no comparison`);
    return [(value: number) => compare(value, Number(parts[index + 1]))];
  });
  return (value) => typeof value === 'number' && limits.every((holds) => holds(value));
}

function parsed(text: string): Pattern {
  const pattern = json(text);
  if (isStruct(pattern)) return pattern;
  throw new Error(`the pattern of a filter must be a JSON object: ${text.slice(0, 200)}`);
}

function json(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    // A body without JSON has no members, so that it matches no pattern.
    return undefined;
  }
}

function isStruct(value: unknown): value is Pattern {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
