import { arn } from '../aws/environment';
import type { Naming, ResourceTypes } from '../aws/resource-type';
import type { ResourceIdentity } from '../aws/template';
import { MANAGED_POLICY, POLICY, ROLE, ROLE_POLICY } from './properties';

/** IAM is global: its ARNs have an account, but no region. */
const inAccount =
  (kind: string, attribute: string, refersTo: 'name' | 'arn') =>
  ({ name, environment: { account }, property }: Naming): ResourceIdentity => {
    const path = property('Path') ?? '/';
    const ownArn = arn('iam', `${kind}${path}${name}`, { account, region: '' });
    return { ref: refersTo === 'name' ? name : ownArn, attributes: { [attribute]: ownArn } };
  };

/** The types of IAM. IAM itself reads them from the template, as they must be known before all others. */
export const IAM_RESOURCES: ResourceTypes = {
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    maxNameLength: 128,
    properties: MANAGED_POLICY,
    identify: inAccount('policy', 'PolicyArn', 'arn'),
  },
  'AWS::IAM::Policy': { properties: POLICY },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    maxNameLength: 64,
    properties: ROLE,
    identify: inAccount('role', 'Arn', 'name'),
  },
  'AWS::IAM::RolePolicy': { properties: ROLE_POLICY },
};
