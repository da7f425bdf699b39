import { DEFAULT_ENVIRONMENT } from '../../local/aws/environment';
import type { Template } from '../../local/aws/template';
import { TemplateResolver } from '../../local/cloudformation/values/template-resolver';
import { resourceTypeOf } from '../../local/resource-types';

/** The values of a template that stands alone. */
export function resolverOf(template: Template, stackName = 'Stack', port = 4566): TemplateResolver {
  const unknown = (what: string) => () => {
    throw new Error(`this stack stands alone: it has no ${what}`);
  };
  return new TemplateResolver(template, {
    stackName,
    stackId: `arn:aws:cloudformation:us-east-1:000000000000:stack/${stackName}/1`,
    environment: DEFAULT_ENVIRONMENT,
    port,
    typeOf: resourceTypeOf,
    importValue: unknown('import'),
    nestedOutput: unknown('nested stack'),
    passed: () => undefined,
    stored: () => undefined,
  });
}
