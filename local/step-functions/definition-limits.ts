type Node = Record<string, unknown>;

const NEGATED_TYPE_TEST = /^Is(Null|Present|Numeric|String|Boolean|Timestamp)$/;

/**
 * Refuses a definition that the interpreter (aws-local-stepfunctions) would run wrongly without an error.
 *
 * @throws Error naming the place in the definition and the unsupported feature.
 */
export function assertInterpretable(definition: unknown): void {
  walk(definition, 'definition', (node, where) => {
    const refuse = (what: string) => {
      throw new Error(`${where}: the local cloud does not support ${what}`);
    };
    if (node.QueryLanguage === 'JSONata') refuse('JSONata');
    if (node.ResultPath === '$') refuse('"ResultPath": "$" (leave it out: the result is the same)');
    if (node.Type === 'Pass' && 'Result' in node && !node.Result) refuse('a Pass state with an empty Result');
    for (const [key, value] of Object.entries(node)) {
      if (NEGATED_TYPE_TEST.test(key) && value === false) refuse(`"${key}": false (use Not)`);
      if (typeof value !== 'string') continue;
      if (value.startsWith('$$.State.') || value.startsWith('$$.Task.'))
        refuse(`the context object's ${value}`);
      if (value.includes('States.JsonToString')) refuse('States.JsonToString');
    }
  });
}

function walk(value: unknown, where: string, visit: (node: Node, where: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) visit(value as Node, where);
  for (const [key, member] of Object.entries(value)) walk(member, `${where}.${key}`, visit);
}
