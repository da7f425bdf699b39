import type { Template, TemplateResource } from '../aws/template';

/**
 * The logical ids of a template, or some of them, each after the ones that it depends on. A dependency is a
 * `DependsOn`, or a `Ref`, `Fn::GetAtt` or `Fn::Sub` in the properties.
 *
 * @throws Error that names the resources of a circle, as CloudFormation does.
 */
export function inDependencyOrder(
  { Resources }: Template,
  logicalIds: readonly string[] = Object.keys(Resources),
): string[] {
  const wanted = new Set(logicalIds);
  const ordered = new Set<string>();
  const visit = (logicalId: string, path: readonly string[]): void => {
    if (ordered.has(logicalId)) return;
    if (path.includes(logicalId)) {
      const circle = [...path.slice(path.indexOf(logicalId)), logicalId];
      throw new Error(`circular dependency between resources: ${circle.join(' -> ')}`);
    }
    const dependencies = dependenciesOf(Resources[logicalId] as TemplateResource);
    for (const id of dependencies) if (wanted.has(id)) visit(id, [...path, logicalId]);
    ordered.add(logicalId);
  };
  for (const logicalId of logicalIds) visit(logicalId, []);
  return [...ordered];
}

/** The names that a resource refers to: logical ids and parameters. */
export function dependenciesOf({ DependsOn = [], Properties }: TemplateResource): string[] {
  return [...[DependsOn].flat(), ...referencesIn(Properties)] as string[];
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (key === 'Ref') return [String(member)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(member) ? member[0] : member).split('.')[0] ?? ''];
    if (key === 'Fn::Sub') return [...variablesIn(member), ...referencesIn(member)];
    return referencesIn(member);
  });
}

function variablesIn(substitution: unknown): string[] {
  const text = String(Array.isArray(substitution) ? substitution[0] : substitution);
  return [...text.matchAll(/\$\{([^!.}]+)[^}]*\}/g)].map(([, name]) => (name as string).trim());
}
