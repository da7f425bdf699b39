import { Annotations, Token } from 'aws-cdk-lib';
import type { CfnUserPool, IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { assertSameRegion } from '../settings/same-region';
import type { OnboardingGroup } from './onboarding-group';
import { userPoolResourceOf } from './post-confirmation-trigger';

/** The props of an onboarding that have to fit its user pool. */
interface UserPoolProps {
  readonly attachTrigger?: boolean;
  readonly group?: OnboardingGroup;
  readonly requireVerifiedEmail?: boolean;
}

/**
 * @throws Error for a user pool in another region, or for props that do not fit a user pool of the same
 * stack.
 */
export function assertFitsUserPool(scope: Construct, userPool: IUserPool, props: UserPoolProps): void {
  assertSameRegion(scope, 'userPool', userPool.userPoolArn);
  const resource = userPoolResourceOf(userPool, scope);
  if (resource) assertFitsOwnUserPool(props);
  if (props.requireVerifiedEmail === undefined) warnUnlessVerified(scope, resource);
}

function assertFitsOwnUserPool({ attachTrigger, group }: UserPoolProps): void {
  if (attachTrigger) {
    throw new Error(
      'attachTrigger is for a user pool of another stack: a pool of this stack has it as a property',
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
