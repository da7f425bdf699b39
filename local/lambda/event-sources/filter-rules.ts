/** Whether the value of a field matches; it is undefined if the field is not there. */
export type Rule = (value: unknown) => boolean;

/** Answers the rule for an argument; undefined if the operator does not take it. */
type Operator = (argument: unknown) => Rule | undefined;

const COMPARISONS = new Map<unknown, (value: number, limit: number) => boolean>([
  ['<', (value, limit) => value < limit],
  ['<=', (value, limit) => value <= limit],
  ['=', (value, limit) => value === limit],
  ['>', (value, limit) => value > limit],
  ['>=', (value, limit) => value >= limit],
]);

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax */
const OPERATORS = new Map<string, Operator>([
  ['anything-but', anythingBut],
  ['equals-ignore-case', ofText((value, text) => value.toLowerCase() === text.toLowerCase())],
  ['exists', exists],
  ['numeric', numeric],
  ['prefix', ofText((value, text) => value.startsWith(text))],
  ['suffix', ofText((value, text) => value.endsWith(text))],
]);

/**
 * The rule for an item of the list of a field: a value, or one operator with its argument.
 *
 * @throws Error for an operator that is not known here, or with an argument that it does not take.
 */
export function valueRule(item: unknown): Rule {
  if (typeof item !== 'object' || item === null) return (value) => value === item;
  const [[operator = '', argument] = [], ...others] = Object.entries(item);
  const rule = others.length === 0 ? OPERATORS.get(operator)?.(argument) : undefined;
  if (rule) return rule;
  throw unknownRule(item);
}

/** An error for a rule that Lambda does not take, or that is not known here. */
export function unknownRule(rule: unknown): Error {
  return new Error(`the local cloud does not know the rule ${JSON.stringify(rule)} of a filter`);
}

function anythingBut(argument: unknown): Rule | undefined {
  const excluded = [argument].flat();
  const isTaken = excluded.length > 0 && excluded.every((one) => ['string', 'number'].includes(typeof one));
  return isTaken ? (value) => value !== undefined && !excluded.includes(value) : undefined;
}

function exists(wanted: unknown): Rule | undefined {
  return typeof wanted === 'boolean' ? (value) => (value !== undefined) === wanted : undefined;
}

function ofText(matches: (value: string, text: string) => boolean): Operator {
  return (text) =>
    typeof text === 'string' ? (value) => typeof value === 'string' && matches(value, text) : undefined;
}

/** One comparison, or the two of a range. */
function numeric(argument: unknown): Rule | undefined {
  const parts = Array.isArray(argument) ? argument : [];
  if (parts.length !== 2 && parts.length !== 4) return undefined;
  const holds: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = COMPARISONS.get(parts[index]);
    const limit: unknown = parts[index + 1];
    if (!compare || typeof limit !== 'number') return undefined;
    holds.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && holds.every((held) => held(value));
}
