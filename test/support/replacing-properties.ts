import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Template, TemplateResource } from '../../local/aws/template';

const spec = loadAwsServiceSpecSync();

/** Properties of a user pool that cannot be changed: CloudFormation has no replacement for it, and fails. */
const FIXED: Record<string, readonly string[]> = {
  'AWS::Cognito::UserPool': ['AliasAttributes', 'Schema', 'UsernameAttributes', 'UsernameConfiguration'],
};

/**
 * What an upgrade must not change: each resource by its logical id, with its type and the properties whose
 * change replaces it or fails. CloudFormation creates another resource for another logical id.
 */
export function identitiesOf({ Resources }: Template): string[] {
  return Object.entries(Resources)
    .map(([logicalId, resource]) => `${logicalId} ${resource.Type} ${JSON.stringify(identityOf(resource))}`)
    .sort();
}

function identityOf({ Type, Properties = {} }: TemplateResource): Record<string, unknown> {
  const replacing = replacingProperties(Type);
  return Object.fromEntries(Object.entries(Properties).filter(([name]) => replacing.includes(name)));
}

function replacingProperties(type: string): readonly string[] {
  if (type.startsWith('Custom::')) return ['ServiceToken'];
  if (type === 'AWS::CDK::Metadata') return [];
  const { properties } = spec.lookup('resource', 'cloudFormationType', 'equals', type).only();
  const replacing = Object.entries(properties).filter(([, { causesReplacement = 'no' }]) => {
    return causesReplacement !== 'no';
  });
  return [...replacing.map(([name]) => name), ...(FIXED[type] ?? [])];
}
