import { named } from '../aws/identity';
import type { ResourceTypes } from '../aws/resource-type';

/** The types of IAM, which reads them out of the template itself: they have to be known before all others. */
export const IAM_RESOURCES: ResourceTypes = {
  'AWS::IAM::Role': { nameProperty: 'RoleName', identify: named('iam', 'role/', '') },
  'AWS::IAM::Policy': {},
};
