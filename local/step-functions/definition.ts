interface SubstitutedDefinition {
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions?: Record<string, string>;
}

/**
 * Replaces the placeholders of a definition with their substitutions.
 *
 * @throws Error naming a placeholder without a substitution.
 */
export function substitute({
  DefinitionString,
  DefinitionSubstitutions = {},
}: SubstitutedDefinition): string {
  return DefinitionString.replace(/\$\{(\w+)\}/g, (placeholder, key: string) => {
    const value = DefinitionSubstitutions[key];
    if (value === undefined) throw new Error(`the definition has no substitution for ${placeholder}`);
    return value;
  });
}
