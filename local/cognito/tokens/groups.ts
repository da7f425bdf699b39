import type { Group, User, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { context } from '../emulator/context';

/** The groups of a user and their IAM roles, as tokens and the trigger for tokens have them. */
export interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole?: string | null;
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html */
export async function groupsOf(userPool: UserPoolService, { Username }: User): Promise<GroupConfiguration> {
  const groups = (await userPool.listGroups(context)).filter(({ members = [] }) =>
    members.includes(Username),
  );
  const carrying = groups.filter(({ RoleArn }) => RoleArn);
  return {
    groupsToOverride: groups.map(({ GroupName }) => GroupName).sort(),
    iamRolesToOverride: [...new Set(carrying.map(({ RoleArn }) => String(RoleArn)))],
    preferredRole: preferredRole(carrying) ?? null,
  };
}

/** The claims about groups. A claim without a value is left out. */
export function groupClaims({ groupsToOverride, iamRolesToOverride, preferredRole }: GroupConfiguration) {
  return {
    ...(groupsToOverride.length > 0 && { 'cognito:groups': groupsToOverride }),
    ...(iamRolesToOverride.length > 0 && { 'cognito:roles': iamRolesToOverride }),
    ...(preferredRole && { 'cognito:preferred_role': preferredRole }),
  };
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
