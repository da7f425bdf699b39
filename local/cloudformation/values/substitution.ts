/** The argument of `Fn::Sub`: a text, or a text with variables of its own. */
export type Substitution = string | [string, Record<string, unknown>];

interface References {
  resolve(value: unknown): unknown;
  ref(name: string): unknown;
  getAtt(argument: string): unknown;
}

/**
 * Replaces the variables of a text.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function substitute(argument: Substitution, references: References): string {
  const [text, variables] = typeof argument === 'string' ? [argument, {}] : argument;
  return text.replace(/\$\{([^}]+)\}/g, (_, given: string) => {
    const name = given.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(variables, name)) return String(references.resolve(variables[name]));
    return String(name.includes('.') ? references.getAtt(name) : references.ref(name));
  });
}
