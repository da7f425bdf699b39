import type { StackTemplate } from './template';

/** A resource of a template. */
interface Described<Properties> {
  readonly logicalId: string;
  /** As the template has them. */
  readonly raw: Record<string, unknown>;
  /** The properties with their intrinsic functions resolved. */
  readonly read: () => Properties;
}

/** The resources of a type. */
export function resourcesOf<Properties>(
  { template, values }: StackTemplate,
  type: string,
): Described<Properties>[] {
  return values
    .logicalIds()
    .filter((logicalId) => template.Resources[logicalId]?.Type === type)
    .map((logicalId) => {
      const { Properties = {} } = template.Resources[logicalId] ?? {};
      return { logicalId, raw: Properties, read: () => values.resolve(Properties) as Properties };
    });
}
