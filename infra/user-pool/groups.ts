import { type IUserPool, UserPoolGroup } from 'aws-cdk-lib/aws-cognito';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { OnboardingGroup } from './onboarding-group';

/** The groups to create. */
export interface OnboardingGroupsProps {
  readonly userPool: IUserPool;
  readonly group: OnboardingGroup;
  /** The precedence of the first group; each next one has one more. */
  readonly precedence?: number;
  readonly role?: IRole;
}

const DESCRIPTION = 'Users whose onboarding has begun';

/** Creates every group that a user can join. */
export function createGroups(scope: Construct, props: OnboardingGroupsProps): void {
  const { userPool, group, precedence, role } = props;
  const shared = { userPool, description: DESCRIPTION, role };
  if (group.rule?.by === 'name') {
    new UserPoolGroup(scope, 'Group', { ...shared, groupName: group.rule.group, precedence });
    return;
  }
  const groups = new Construct(scope, 'Groups');
  for (const [index, groupName] of group.names.entries()) {
    new UserPoolGroup(groups, groupName, {
      ...shared,
      groupName,
      ...(precedence !== undefined && { precedence: precedence + index }),
    });
  }
}
