import type { Template, TemplateValues } from '../aws/template';
import { managedPolicy } from './managed-policies';
import { type PolicyDocument, parsePolicy, type Statement } from './statements';
import { parseTrustPolicy, type TrustStatement } from './trust';

/** A role of the template, with its policies. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
  readonly trust: readonly TrustStatement[];
}

interface NamedPolicy {
  readonly PolicyName?: string;
  readonly PolicyDocument: PolicyDocument;
}

interface RoleProperties {
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly Policies?: readonly NamedPolicy[];
  readonly ManagedPolicyArns?: readonly string[];
  readonly PermissionsBoundary?: string;
}

interface PolicyProperties extends NamedPolicy {
  readonly Roles?: readonly string[];
}

/**
 * The roles of a template, by their ARN.
 *
 * @throws Error naming the role and the statement that the local cloud cannot evaluate. Otherwise it could
 * allow a request that AWS denies.
 */
export function rolesOf(template: Template, values: TemplateValues): Map<string, Role> {
  const policies = propertiesOf<PolicyProperties>(template, values, 'AWS::IAM::Policy').map(
    ([, properties]) => properties,
  );
  const roles = propertiesOf<RoleProperties>(template, values, 'AWS::IAM::Role').map(([id, properties]) => {
    const { ref: name, attributes } = values.identityOf(id);
    const attached = policies.filter(({ Roles = [] }) => Roles.includes(name));
    return toRole(name, attributes.Arn ?? '', properties, attached);
  });
  return new Map(roles.map((role) => [role.arn, role]));
}

/** The resources of a type, by their logical id, with their intrinsic functions resolved. */
export function propertiesOf<Properties>(
  template: Template,
  values: TemplateValues,
  type: string,
): [string, Properties][] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([logicalId, { Properties = {} }]) => [logicalId, values.resolve(Properties) as Properties]);
}

function toRole(
  name: string,
  arn: string,
  { AssumeRolePolicyDocument, Policies = [], ManagedPolicyArns = [], PermissionsBoundary }: RoleProperties,
  attached: readonly NamedPolicy[],
): Role {
  if (PermissionsBoundary)
    throw new Error(
      `role ${name}: the local cloud does not know permissions boundaries (${PermissionsBoundary})`,
    );
  const managed = ManagedPolicyArns.map((policyArn) => managedPolicy(policyArn, name));
  const statements = [...Policies, ...attached, ...managed].flatMap(({ PolicyName, PolicyDocument }) => {
    return parsePolicy(PolicyDocument, `role ${name}, policy ${PolicyName}`);
  });
  return {
    name,
    arn,
    statements,
    trust: parseTrustPolicy(AssumeRolePolicyDocument, `role ${name}, trust policy`),
  };
}
