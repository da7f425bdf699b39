import { Token } from 'aws-cdk-lib';
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

/** The name, and so the id, of the group that everybody joins unless something else is asked for. */
const DEFAULT_GROUP = 'users';

/**
 * Creates every group that a user can join.
 *
 * @throws Error for a rule whose groups have names that are not known at synthesis.
 */
export function createGroups(scope: Construct, props: OnboardingGroupsProps): void {
  const { userPool, group, precedence, role } = props;
  const shared = { userPool, description: DESCRIPTION, role };
  if (group.rule?.by === 'name') {
    new UserPoolGroup(scope, 'Group', { ...shared, groupName: group.rule.group, precedence });
    return;
  }
  const groups = new Construct(scope, 'Groups');
  for (const [index, groupName] of group.names.entries()) {
    assertKnown(groupName);
    const isDefault = groupName === DEFAULT_GROUP;
    new UserPoolGroup(isDefault ? scope : groups, isDefault ? 'Group' : idOf(groupName), {
      ...shared,
      groupName,
      ...(precedence !== undefined && { precedence: precedence + index }),
    });
  }
}

/** A name of its own for each group: the CDK would write both `a/b` and `a--b` as `a--b`. */
function idOf(groupName: string): string {
  return encodeURIComponent(groupName);
}

function assertKnown(groupName: string): void {
  if (!Token.isUnresolved(groupName)) return;
  throw new Error(
    'the names of the groups of a rule must be known at synthesis where createGroups creates them, got a token: ' +
      'write the name, or create the group yourself and leave createGroups out',
  );
}
