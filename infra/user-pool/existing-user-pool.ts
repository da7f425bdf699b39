import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type { CfnUserPool, IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { assertSameEnvironment } from '../settings/same-environment';
import { warnWithoutGroups } from './missing-groups';
import type { OnboardingGroup } from './onboarding-group';
import { userPoolResourceOf } from './post-confirmation-trigger';

/** The props of an onboarding that have to fit its user pool. */
interface UserPoolProps {
  readonly attachTrigger?: boolean;
  readonly group?: OnboardingGroup;
  readonly createGroups?: boolean;
  readonly requireVerifiedEmail?: boolean;
}

/**
 * @throws Error for a user pool in another region or account, for props that do not fit a user pool of the same
 * stack, or for a pool of another stack without a word about its trigger.
 */
export function assertFitsUserPool(scope: Construct, userPool: IUserPool, props: UserPoolProps): void {
  assertSameEnvironment(scope, { prop: 'userPool', resource: userPool, arn: userPool.userPoolArn });
  assertRegionOfId(scope, userPool);
  const resource = userPoolResourceOf(userPool, scope);
  if (resource) {
    assertFitsOwnUserPool(props);
    if (!props.createGroups) warnWithoutGroups(scope, resource, props.group?.names ?? ['users']);
  } else if (props.attachTrigger === undefined) {
    throw new Error(
      'attachTrigger must be true or false for a user pool that this stack does not create (an imported one, or ' +
        'one of another or of a nested stack): with true, the deployment makes the onboarding its post ' +
        'confirmation trigger; with false, you do, and until then nobody is onboarded when they confirm',
    );
  }
  if (props.requireVerifiedEmail === undefined) warnUnlessVerified(scope, resource);
}

/** The ARN of a pool that is imported by its id has the region of the stack, but the id has its own. */
function assertRegionOfId(scope: Construct, { userPoolId }: IUserPool): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || Token.isUnresolved(userPoolId)) return;
  if (userPoolId.startsWith(`${region}_`)) return;
  throw new Error(`userPool must be in the stack's region ${region}, got: ${userPoolId}`);
}

function assertFitsOwnUserPool({ attachTrigger, group }: UserPoolProps): void {
  if (attachTrigger !== undefined) {
    throw new Error(
      `attachTrigger is for a user pool that this stack does not create, got: ${attachTrigger}; a pool of this ` +
        'stack always gets the trigger, as a property: leave attachTrigger out',
    );
  }
  if (group?.names.some((name) => Token.isUnresolved(name))) {
    // The pool depends on its trigger, the trigger on the function with the group's name, the group on the
    // pool.
    throw new Error(
      'the name of a group must be known at synthesis for a user pool of the same stack: a name that comes from a ' +
        'group resource would create a circular dependency',
    );
  }
}

function warnUnlessVerified(scope: Construct, resource: CfnUserPool | undefined): void {
  const verified: unknown = resource?.stack.resolve(resource.autoVerifiedAttributes);
  if (Array.isArray(verified) && verified.includes('email')) return;
  const reason = resource
    ? 'the user pool does not verify e-mail addresses'
    : 'it is not known here whether the user pool verifies e-mail addresses';
  Annotations.of(scope).addWarningV2(
    'confirmed-user-onboarding:requireVerifiedEmail',
    `${reason}, and only users with a verified address are onboarded: set requireVerifiedEmail to true if ` +
      'the pool or your application verifies addresses, and to false otherwise',
  );
}
