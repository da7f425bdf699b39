import type { Template } from '../../local/aws/template';

interface RawStatement {
  Action: string | string[];
  Resource: unknown;
  [element: string]: unknown;
}

/** One action on one resource that a policy of a template allows. */
export interface Grant {
  /** Logical id of the policy. */
  readonly policy: string;
  /** Logical id of the role. */
  readonly role: string;
  readonly statement: number;
  readonly action: string;
  /** The resource as in the template, with its intrinsic functions. */
  readonly resource: unknown;
}

/** All grants of the policies in a template. */
export function grantsOf(template: Template): Grant[] {
  return policiesOf(template).flatMap(([policy, statements, role]) => {
    return statements.flatMap(({ Action, Resource }, statement) => {
      return [Action].flat().flatMap((action) => {
        return [Resource].flat().map((resource) => ({ policy, role, statement, action, resource }));
      });
    });
  });
}

/** The template without one of its grants. The statement's other actions and resources stay. */
export function withoutGrant(template: Template, { policy, statement, action, resource }: Grant): Template {
  return edited(template, policy, (statements) => {
    const [{ Action, Resource, ...rest }] = statements.splice(statement, 1) as [RawStatement];
    const others = [Action].flat().filter((other) => other !== action);
    const otherResources = [Resource]
      .flat()
      .filter((other) => JSON.stringify(other) !== JSON.stringify(resource));
    if (others.length > 0) statements.push({ ...rest, Action: others, Resource });
    if (otherResources.length > 0) statements.push({ ...rest, Action: action, Resource: otherResources });
  });
}

/** The template with one more statement in a policy. */
export function withStatement(template: Template, policy: string, statement: RawStatement): Template {
  return edited(template, policy, (statements) => statements.push(statement));
}

/** The template without some of its resources. */
export function withoutResources(template: Template, type: string): Template {
  const resources = Object.entries(template.Resources).filter(([, { Type }]) => Type !== type);
  return { ...template, Resources: Object.fromEntries(resources) };
}

function policiesOf(template: Template): [string, RawStatement[], string][] {
  assertAllInPolicies(template);
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
    .map(([logicalId, { Properties = {} }]) => {
      const [{ Ref }, ...others] = Properties.Roles as [{ Ref: string }, ...unknown[]];
      if (others.length > 0) throw new Error(`${logicalId} is a policy of several roles: give each its own`);
      const { Statement } = Properties.PolicyDocument as { Statement: RawStatement | RawStatement[] };
      return [logicalId, [Statement].flat(), Ref];
    });
}

/** {@link grantsOf} does not see permissions in the role itself. */
function assertAllInPolicies({ Resources }: Template): void {
  for (const [logicalId, { Type, Properties = {} }] of Object.entries(Resources)) {
    const own = ['Policies', 'ManagedPolicyArns'].find((property) => property in Properties);
    if (Type === 'AWS::IAM::Role' && own)
      throw new Error(`${logicalId} has ${own}: put what it allows into an AWS::IAM::Policy`);
  }
}

function edited(template: Template, policy: string, edit: (statements: RawStatement[]) => void): Template {
  const copy = structuredClone(template);
  const document = copy.Resources[policy]?.Properties?.PolicyDocument as { Statement: RawStatement[] };
  document.Statement = [document.Statement].flat();
  edit(document.Statement);
  return copy;
}
