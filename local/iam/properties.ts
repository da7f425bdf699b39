import type { PropertyRules } from '../aws/property-rules';

/** Groups and users of IAM have no keys here. */
export const POLICY: PropertyRules = {
  played: ['PolicyDocument', 'PolicyName', 'Roles'],
  withoutEffect: ['Groups', 'Users'],
};

export const MANAGED_POLICY: PropertyRules = {
  played: ['ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
  withoutEffect: ['Description', 'Groups', 'Users'],
};

export const ROLE: PropertyRules = {
  played: ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Path', 'Policies', 'RoleName'],
  // A boundary is refused if somebody takes the role on, and a condition on tags where it stands.
  withoutEffect: ['Description', 'MaxSessionDuration', 'PermissionsBoundary', 'Tags'],
};

export const ROLE_POLICY: PropertyRules = { played: ['PolicyDocument', 'PolicyName', 'RoleName'] };
