import type { RoleSession } from '../../local/iam/role-session';

/** A function's session under a role that may do everything. */
export const ROLE_SESSION: RoleSession = {
  roleArn: 'arn:aws:iam::000000000000:role/r',
  roleName: 'r',
  sessionName: 'fn',
  accessKeyId: 'ASIALOCALTEST',
  may: () => true,
};
