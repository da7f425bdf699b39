import { Annotations, Token } from 'aws-cdk-lib';
import type { CfnUserPool, IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { assertSameRegion } from '../settings/same-region';
import { userPoolResourceOf } from './post-confirmation-trigger';

/** The props of an onboarding that have to fit its user pool. */
interface UserPoolProps {
  readonly attachTrigger?: boolean;
  readonly groupName?: string;
  readonly requireVerifiedEmail?: boolean;
}

/** @throws Error for a user pool of another region, or props that one of the same stack cannot have. */
export function assertFitsUserPool(scope: Construct, userPool: IUserPool, props: UserPoolProps): void {
  assertSameRegion(scope, 'userPool', userPool.userPoolArn);
  const resource = userPoolResourceOf(userPool, scope);
  if (resource) assertFitsOwnUserPool(props);
  if (props.requireVerifiedEmail === undefined) warnUnlessVerified(scope, resource);
}

function assertFitsOwnUserPool({ attachTrigger, groupName }: UserPoolProps): void {
  if (attachTrigger) {
    throw new Error('attachTrigger is for a user pool of another stack: this one has it as a property');
  }
  if (Token.isUnresolved(groupName)) {
    // The pool waits for its trigger, that for the function with the group's name, and the group for the pool.
    throw new Error(
      'groupName must be known at synthesis for a user pool of the same stack: as the attribute of a group, it ' +
        'would close a circle of dependencies',
    );
  }
}

function warnUnlessVerified(scope: Construct, resource: CfnUserPool | undefined): void {
  const verified: unknown = resource?.stack.resolve(resource.autoVerifiedAttributes);
  if (Array.isArray(verified) && verified.includes('email')) return;
  const reason = resource
    ? 'the user pool does not verify e-mail addresses'
    : 'whether the user pool verifies e-mail addresses is not known here';
  Annotations.of(scope).addWarningV2(
    'confirmed-user-onboarding:requireVerifiedEmail',
    `${reason}, and only users with a verified one are onboarded: set requireVerifiedEmail to true if the pool ` +
      'or your application verifies them, and to false otherwise',
  );
}
