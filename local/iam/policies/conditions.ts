import { hasSeveralValues, isConditionKey, isVariable } from './condition-keys';
import { type Matcher, parseArnPattern, parsePattern, type RequestContext } from './patterns';

/** Whether a request fulfils a condition. */
export type Condition = (context: RequestContext) => boolean;

type ParseValue = (text: string) => Matcher;

const text = (wildcards: boolean, ignoreCase = false): ParseValue => {
  return (value) => parsePattern(value, { wildcards, ignoreCase }, isVariable);
};
const arn: ParseValue = (value) => parseArnPattern(value, isVariable);

/** How each operator compares. Operators with `Not` in their name reverse the result. */
const OPERATORS: Record<string, ParseValue> = {
  StringEquals: text(false),
  StringNotEquals: text(false),
  StringEqualsIgnoreCase: text(false, true),
  StringNotEqualsIgnoreCase: text(false, true),
  StringLike: text(true),
  StringNotLike: text(true),
  ArnEquals: arn,
  ArnNotEquals: arn,
  ArnLike: arn,
  ArnNotLike: arn,
  Bool: text(false, true),
};

interface Operator {
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly parseValue: ParseValue;
}

/**
 * Reads the `Condition` of a statement: every part of it must hold.
 *
 * @throws Error naming an operator or a key that the local cloud does not know.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseConditions(block: unknown = {}): Condition {
  const conditions = membersOf(block).flatMap(([operator, keys]) => {
    return membersOf(keys).map(([key, values]) => parseCondition(operator, key, valuesOf(values)));
  });
  return (context) => conditions.every((holds) => holds(context));
}

function parseCondition(operatorName: string, name: string, values: readonly string[]): Condition {
  const key = name.toLowerCase();
  if (!isConditionKey(key)) throw new Error(`the local cloud does not know the condition key ${name}`);
  if (operatorName === 'Null') return parseNull(key, values);
  const { set, negated, ifExists, parseValue } = parseOperator(operatorName);
  if (hasSeveralValues(key) && !set) {
    throw new Error(`${name} can have several values: ${operatorName} needs ForAllValues: or ForAnyValue:`);
  }
  const matchers = values.map(parseValue);
  const fits = (value: string, context: RequestContext) => {
    return matchers.some((matches) => matches(value, context)) !== negated;
  };
  return (context) => {
    const actual = [context[key] ?? []].flat();
    if (set === 'ForAllValues') return actual.every((value) => fits(value, context));
    if (actual.length === 0) return ifExists || (negated && !set);
    return actual.some((value) => fits(value, context));
  };
}

function parseOperator(name: string): Operator {
  const [, set, base = ''] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(?:IfExists)?$/.exec(name) ?? [];
  const parseValue = Object.hasOwn(OPERATORS, base) ? OPERATORS[base] : undefined;
  if (!parseValue) throw new Error(`the local cloud does not know the condition operator ${name}`);
  const ifExists = name.endsWith('IfExists');
  if (ifExists && set === 'ForAnyValue')
    throw new Error(
      `${name}: ForAnyValue needs a value, and IfExists needs none, so they do not go together`,
    );
  return { parseValue, ifExists, negated: base.includes('Not'), set: set as Operator['set'] };
}

function parseNull(key: string, values: readonly string[]): Condition {
  const wanted = values.map((value) => value.toLowerCase());
  const wrong = wanted.find((value) => value !== 'true' && value !== 'false');
  if (wrong !== undefined) throw new Error(`Null takes true or false, not "${wrong}"`);
  return (context) => wanted.includes(String([context[key] ?? []].flat().length === 0));
}

function membersOf(value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new Error(`a condition is an object, not ${JSON.stringify(value)}`);
}

function valuesOf(value: unknown): string[] {
  const values = [value].flat();
  if (values.length === 0) throw new Error('a condition needs at least one value, not an empty list');
  const wrong = values.find((item) => typeof item !== 'string' && typeof item !== 'boolean');
  if (wrong !== undefined) throw new Error(`a value of a condition is text, not ${JSON.stringify(wrong)}`);
  return values.map(String);
}
