import { hasPaths } from './interpretable';

type Node = Record<string, unknown>;

const NEGATED_TYPE_TEST = /^Is(Null|Present|Numeric|String|Boolean|Timestamp)$/;

/** Fields that the interpreter does not read, so that it would run the state as if they were not there. */
const IGNORED_FIELDS = [
  'Assign',
  'Credentials',
  'ItemBatcher',
  'ItemReader',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];

/** Values of the context object that the interpreter does not have, or does not have completely. */
const CONTEXT_OBJECT = /\$\$(?:\.(?:State|Task)\b|\.Execution\.Redrive\w+|(?:\.Execution)?(?![\w.[]))/;

/** Values of the context object that are wrong or missing inside a Map or a Parallel state. */
const OUTER_CONTEXT_OBJECT = /\$\$\.(?:Map|Execution\.Input)\b/;

/**
 * Refuses a definition that the interpreter (aws-local-stepfunctions) would run wrongly without an error.
 *
 * @throws Error naming the place in the definition and the unsupported feature.
 */
export function assertInterpretable(definition: unknown): void {
  walk(definition, 'definition', false, (node, where, isNested) => {
    const reasons = [
      ...stateLimits(node),
      ...Object.entries(node).flatMap(([key, value]) => fieldLimits(key, value, isNested)),
    ];
    if (reasons[0] !== undefined) throw new Error(`${where}: the local cloud does not support ${reasons[0]}`);
  });
}

function stateLimits(node: Node): string[] {
  const { Type, ResultPath } = node;
  const hasHandlers = 'Retry' in node || 'Catch' in node;
  const isPathSensitive = hasPaths(node.Parameters) || hasPaths(node.ItemSelector);
  return [
    ...(node.QueryLanguage === 'JSONata' ? ['JSONata'] : []),
    ...(node.Mode === 'DISTRIBUTED' ? ['a distributed Map'] : []),
    ...(ResultPath === '$' ? ['"ResultPath": "$" (leave it out: the result is the same)'] : []),
    ...(Type === 'Pass' && 'Result' in node && !node.Result ? ['a Pass state with an empty Result'] : []),
    ...(Type === 'Task' && 'TimeoutSecondsPath' in node ? ['TimeoutSecondsPath (use TimeoutSeconds)'] : []),
    ...((Type === 'Map' || Type === 'Parallel') && hasHandlers && isPathSensitive
      ? [`paths in the parameters of a ${Type} state that has a Retry or a Catch`]
      : []),
  ];
}

function fieldLimits(key: string, value: unknown, isNested: boolean): string[] {
  if (IGNORED_FIELDS.includes(key) && value !== null) return [key];
  if (NEGATED_TYPE_TEST.test(key) && value === false) return [`"${key}": false (use Not)`];
  if (typeof value !== 'string') return [];
  const isIntrinsic = value.startsWith('States.');
  if (key === 'Variable' || key.endsWith('.$') || key.endsWith('Path')) {
    if (CONTEXT_OBJECT.test(value) || (isNested && OUTER_CONTEXT_OBJECT.test(value)))
      return [`the context object's ${value} here`];
    if (isIntrinsic && value.includes('$$.Execution.StartTime'))
      return ['$$.Execution.StartTime in an intrinsic function'];
    if (isIntrinsic && key.endsWith('Path')) return [`an intrinsic function in ${key}`];
  }
  // The interpreter deletes the backslashes in what they answer.
  return [...(/States\.(JsonToString|Base64Decode)\b/.exec(value)?.slice(0, 1) ?? [])];
}

function walk(
  value: unknown,
  where: string,
  isNested: boolean,
  visit: (node: Node, where: string, isNested: boolean) => void,
): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Node, where, isNested);
  for (const [key, member] of Object.entries(value)) {
    const entersIteration = ['Branches', 'ItemProcessor', 'Iterator'].includes(key);
    walk(member, `${where}.${key}`, isNested || entersIteration, visit);
  }
}
