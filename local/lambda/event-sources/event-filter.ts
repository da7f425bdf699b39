import { type Rule, unknownRule, valueRule } from './filter-rules';

/** The filters of an event source mapping, as the template describes them: each pattern is JSON. */
export interface FilterCriteria {
  readonly Filters?: readonly { readonly Pattern: string }[];
}

/** Whether a record passes. */
export type EventFilter = (record: Readonly<Record<string, unknown>>) => boolean;

type Pattern = Readonly<Record<string, unknown>>;

/**
 * The filter that lets through what matches one of the patterns; without patterns, everything.
 *
 * @throws Error for a pattern that Lambda would refuse, or with a rule that is not known here.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function eventFilter({ Filters = [] }: FilterCriteria = {}): EventFilter {
  const filters = Filters.map(({ Pattern: text }) => filterOf(parsed(text)));
  return (record) => filters.length === 0 || filters.some((passes) => passes(record));
}

function filterOf({ body, ...others }: Pattern): EventFilter {
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new Error(`a filter has ${other}: Lambda filters the messages of a queue by their body only`);
  if (body === undefined) return () => true;
  const matches = memberRule('body', body);
  // Lambda drops a message whose format is not that of the pattern.
  return isStruct(body)
    ? (record) => isStruct(json(record.body)) && matches(json(record.body))
    : (record) => json(record.body) === undefined && matches(record.body);
}

function structRule({ $or, ...members }: Pattern): Rule {
  const rules = Object.entries(members).map(
    ([name, rule]) => [name, memberRule(name, rule)] as [string, Rule],
  );
  const either = $or === undefined ? undefined : eitherRule($or);
  return (value) => {
    const struct = isStruct(value) ? value : {};
    const matchesAll = rules.every(([name, matches]) => matches(struct[name]));
    return matchesAll && (either?.(value) ?? true);
  };
}

function eitherRule($or: unknown): Rule {
  if (!Array.isArray($or) || $or.length === 0 || !$or.every(isStruct)) throw unknownRule({ $or });
  const either = $or.map(structRule);
  return (value) => either.some((matches) => matches(value));
}

/** One of a list has to match; in a list of values, one of these. */
function memberRule(name: string, rule: unknown): Rule {
  if (isStruct(rule)) return structRule(rule);
  if (!Array.isArray(rule) || rule.length === 0)
    throw new Error(`the filter's ${name} must be a list of values or rules`);
  const rules = rule.map(valueRule);
  return (value) => {
    const values = Array.isArray(value) && value.length > 0 ? value : [value];
    return values.some((one) => rules.some((matches) => matches(one)));
  };
}

function parsed(text: string): Pattern {
  const pattern = json(text);
  if (isStruct(pattern)) return pattern;
  throw new Error(`the pattern of a filter must be a JSON object: ${text.slice(0, 200)}`);
}

/** Undefined for a text that is no JSON. */
function json(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

function isStruct(value: unknown): value is Pattern {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
