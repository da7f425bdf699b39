interface SubstitutedDefinition {
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions?: Record<string, string>;
}

type States = Record<string, { Type: string; Resource?: string; [field: string]: unknown }>;

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

/** The `Resource` of each task, by the name of its state, with the tasks inside Map and Parallel states. */
export function tasksOf(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const states = Object.entries((value as { States?: States }).States ?? {});
  const own = states.flatMap(([name, { Type, Resource = '' }]): [string, string][] => {
    return Type === 'Task' ? [[name, Resource]] : [];
  });
  return [...own, ...Object.values(value).flatMap(tasksOf)];
}
