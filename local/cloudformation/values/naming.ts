import type { Environment } from '../../aws/environment';
import { generatedName } from '../../aws/identity';
import type { Naming, ResourceType } from '../../aws/resource-type';
import type { TemplateResource, TemplateValues } from '../../aws/template';

interface StackNaming {
  readonly stackName: string;
  readonly environment: Environment;
  readonly port: number;
}

/** What the identity of a resource is made of: its name in the template, or a generated one. */
export function namingOf(
  logicalId: string,
  { Properties = {} }: TemplateResource,
  { nameProperty, nameEnding, maxNameLength = 255 }: ResourceType<never>,
  { stackName, environment, port }: StackNaming,
  values: Pick<TemplateValues, 'resolve'>,
): Naming {
  const property = (name: string) => values.resolve(Properties[name]);
  const given = nameProperty && property(nameProperty);
  const ending = nameEnding?.(property) ?? '';
  const name =
    typeof given === 'string'
      ? given
      : generatedName(stackName, logicalId, maxNameLength - ending.length) + ending;
  return { name, port, environment, property };
}
