import { named } from '../aws/identity';
import type { ResourceTypes } from '../aws/resource-type';

/** The types of IAM. IAM itself reads them from the template, as they must be known before all others. */
export const IAM_RESOURCES: ResourceTypes = {
  'AWS::IAM::Role': { nameProperty: 'RoleName', identify: named('iam', 'role/', '') },
  'AWS::IAM::Policy': {},
};
