import type { StackTemplate } from '../aws/template';
import { resourcesOf } from '../aws/template-resources';
import { managedPolicy } from './managed-policies';
import type { PolicyDocument } from './policies/statements';

/** A policy with its name, as a role or a template has it. */
export interface NamedPolicy {
  readonly PolicyName?: string;
  readonly PolicyDocument: PolicyDocument;
}

interface PolicyProperties extends NamedPolicy {
  readonly ManagedPolicyName?: string;
}

const TYPES = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'];

/**
 * The policies of a role that are resources of their own, in any stack, or managed by AWS.
 *
 * @throws Error naming a managed policy that the local cloud does not know.
 */
export function attachedPolicies(
  stacks: readonly StackTemplate[],
  roleName: string,
  managedPolicyArns: readonly string[],
): NamedPolicy[] {
  const own = stacks.flatMap((stack) => TYPES.flatMap((type) => policiesIn(stack, type)));
  const attached = own.filter(({ arn, roleNames }) => {
    return roleNames.includes(roleName) || managedPolicyArns.includes(arn ?? '');
  });
  const others = managedPolicyArns.filter((policyArn) => !own.some(({ arn }) => arn === policyArn));
  return [
    ...attached.map(({ read }) => read()),
    ...others.map((policyArn) => managedPolicy(policyArn, roleName)),
  ];
}

function policiesIn(stack: StackTemplate, type: string) {
  return resourcesOf<PolicyProperties>(stack, type).map(({ logicalId, raw, read }) => {
    const roleNames = [stack.values.resolve(raw.Roles), stack.values.resolve(raw.RoleName)].flat();
    const arn =
      type === 'AWS::IAM::ManagedPolicy' ? String(stack.values.identityOf(logicalId).ref) : undefined;
    const readNamed = (): NamedPolicy => {
      const { PolicyName, ManagedPolicyName, PolicyDocument } = read();
      return { PolicyName: PolicyName ?? ManagedPolicyName ?? logicalId, PolicyDocument };
    };
    return { arn, roleNames, read: readNamed };
  });
}
