import type { Group, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { context } from './context';

/**
 * The claims of an ID token that name the IAM roles of the user's groups.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
 */
export async function roleClaims(
  userPool: UserPoolService,
  username: string,
): Promise<Record<string, string | string[]>> {
  const groups = await userPool.listGroups(context);
  const carrying = groups.filter(({ members = [], RoleArn }) => RoleArn && members.includes(username));
  if (carrying.length === 0) return {};
  const roles = [...new Set(carrying.map(({ RoleArn }) => String(RoleArn)))];
  const preferred = preferredRole(carrying);
  return { 'cognito:roles': roles, ...(preferred && { 'cognito:preferred_role': preferred }) };
}

/** The role of the group that comes first; undefined if several groups come first with different roles. */
function preferredRole(groups: readonly Group[]): string | undefined {
  const precedenceOf = ({ Precedence = Number.POSITIVE_INFINITY }: Group) => Precedence;
  const first = Math.min(...groups.map(precedenceOf));
  const roles = new Set(
    groups.filter((group) => precedenceOf(group) === first).map(({ RoleArn }) => RoleArn),
  );
  const [role, ...others] = roles;
  return others.length === 0 ? role : undefined;
}
