import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnUserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { CfnPermission, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** The resource of a user pool, if it is in the same stack as a construct. */
export function userPoolResourceOf(userPool: IUserPool, scope: Construct): CfnUserPool | undefined {
  const resource = userPool.node.defaultChild;
  if (!resource || Stack.of(userPool) !== Stack.of(scope)) return undefined;
  const isUserPool =
    CfnResource.isCfnResource(resource) && resource.cfnResourceType === CfnUserPool.CFN_RESOURCE_TYPE_NAME;
  return isUserPool ? (resource as CfnUserPool) : undefined;
}

const ONBOARDED = new WeakSet<CfnUserPool>();

/**
 * Makes a function the post confirmation trigger of a user pool of the same stack.
 *
 * Only this one property is overridden, so that the pool can have other triggers. The pool waits for the
 * permission: a pool that has users already would otherwise call a function that Cognito may not invoke yet.
 *
 * Synthesis fails if the pool is given another post confirmation trigger.
 *
 * @throws Error if the pool has an onboarding already.
 */
export function setPostConfirmationTrigger(
  userPool: CfnUserPool,
  trigger: IFunction,
  permission: CfnPermission,
): void {
  if (ONBOARDED.has(userPool)) {
    throw new Error(`the user pool has an onboarding already, and can have only one: ${userPool.node.path}`);
  }
  ONBOARDED.add(userPool);
  userPool.addPropertyOverride('LambdaConfig.PostConfirmation', trigger.functionArn);
  userPool.node.addDependency(permission);
  userPool.node.addValidation({
    validate: () => {
      const { postConfirmation } = userPool.stack.resolve(userPool.lambdaConfig) ?? {};
      if (!postConfirmation) return [];
      return [
        `the user pool has a post confirmation trigger of its own, and can have only one: remove it, and call ` +
          `its function from your application, got: ${JSON.stringify(postConfirmation)}`,
      ];
    },
  });
}
