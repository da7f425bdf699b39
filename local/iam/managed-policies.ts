import type { PolicyDocument } from './statements';

/** The AWS managed policies that CDK attaches to functions by default. */
const MANAGED_POLICIES: Record<string, PolicyDocument> = {
  'service-role/AWSLambdaBasicExecutionRole': allow(
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ),
};

/**
 * A policy that AWS manages.
 *
 * @throws Error naming the role and the policy, for a policy that the local cloud does not know.
 */
export function managedPolicy(policyArn: string, roleName: string) {
  const name = policyArn.replace(/^arn:aws:iam::aws:policy\//, '');
  const document = Object.hasOwn(MANAGED_POLICIES, name) ? MANAGED_POLICIES[name] : undefined;
  if (document) return { PolicyName: name, PolicyDocument: document };
  throw new Error(`role ${roleName}: the local cloud does not know the managed policy ${policyArn}`);
}

function allow(...Action: string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}
