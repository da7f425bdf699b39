import type { StackTemplate } from '../aws/template';
import { resourcesOf } from '../aws/template-resources';
import { attachedPolicies, type NamedPolicy } from './attached-policies';
import { type PolicyDocument, parsePolicy, type Statement } from './policies/statements';
import { parseTrustPolicy, type TrustStatement } from './policies/trust';

/** A role of a template, with its policies. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
  readonly trust: readonly TrustStatement[];
}

interface RoleProperties {
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly Policies?: readonly NamedPolicy[];
  readonly ManagedPolicyArns?: readonly string[];
  readonly PermissionsBoundary?: string;
}

/** The roles of an app's templates. A role is read when somebody takes it on: the others may hold anything. */
export class Roles {
  private readonly read = new Map<string, Role>();

  constructor(private readonly stacks: readonly StackTemplate[]) {}

  /** The roles that somebody has taken on. */
  taken(): Role[] {
    return [...this.read.values()];
  }

  /**
   * A role, by its ARN; undefined if no template has it.
   *
   * @throws Error naming the role and the statement that the local cloud cannot evaluate. Otherwise it could
   * allow a request that AWS denies.
   */
  find(roleArn: string): Role | undefined {
    const known = this.read.get(roleArn);
    if (known) return known;
    for (const stack of this.stacks) {
      for (const { logicalId, read } of resourcesOf<RoleProperties>(stack, 'AWS::IAM::Role')) {
        const { ref, attributes } = stack.values.identityOf(logicalId);
        if (attributes.Arn === roleArn)
          return this.remember(toRole(String(ref), roleArn, read(), this.stacks));
      }
    }
    return undefined;
  }

  private remember(role: Role): Role {
    this.read.set(role.arn, role);
    return role;
  }
}

function toRole(
  name: string,
  arn: string,
  { AssumeRolePolicyDocument, Policies = [], ManagedPolicyArns = [], PermissionsBoundary }: RoleProperties,
  stacks: readonly StackTemplate[],
): Role {
  if (PermissionsBoundary)
    throw new Error(
      `role ${name}: the local cloud does not know permissions boundaries (${PermissionsBoundary}): leave it out of the app that runs here`,
    );
  const attached = attachedPolicies(stacks, name, ManagedPolicyArns);
  const statements = [...Policies, ...attached].flatMap(({ PolicyName, PolicyDocument }) => {
    return parsePolicy(PolicyDocument, `role ${name}, policy ${PolicyName}`);
  });
  return {
    name,
    arn,
    statements,
    trust: parseTrustPolicy(AssumeRolePolicyDocument, `role ${name}, trust policy`),
  };
}
