import { arn } from '../aws/environment';
import type { Naming, ResourceTypes } from '../aws/resource-type';
import type { ResourceIdentity } from '../aws/template';

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
    identify: inAccount('policy', 'PolicyArn', 'arn'),
  },
  'AWS::IAM::Policy': {},
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    maxNameLength: 64,
    identify: inAccount('role', 'Arn', 'name'),
  },
  'AWS::IAM::RolePolicy': {},
};
