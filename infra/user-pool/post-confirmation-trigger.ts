import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnUserPool, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { CfnPermission, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { renderedResource } from '../settings/rendered-resource';

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
 * Synthesis fails if the pool is given another post confirmation trigger afterwards, by a property or by an
 * override.
 *
 * @throws Error if the pool has an onboarding already, or another post confirmation trigger.
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
  for (const objection of objectionsTo(renderedTriggerOf(userPool))) throw new Error(objection);
  userPool.addPropertyOverride('LambdaConfig.PostConfirmation', trigger.functionArn);
  userPool.node.addDependency(permission);
  userPool.node.addValidation({
    validate: () => {
      const { postConfirmation } = userPool.stack.resolve(userPool.lambdaConfig) ?? {};
      return [...objectionsTo(postConfirmation), ...objectionsToOverride(userPool, trigger)];
    },
  });
}

/** The trigger as the template has it: an override hides the property. */
function renderedTriggerOf(userPool: CfnUserPool): unknown {
  const lambdaConfig = renderedResource(userPool).Properties?.LambdaConfig;
  return (lambdaConfig as { PostConfirmation?: unknown } | undefined)?.PostConfirmation;
}

function objectionsTo(other: unknown): string[] {
  if (!other) return [];
  return [
    `the user pool has a post confirmation trigger of its own, and can have only one: remove it, and call ` +
      `its function from your application, got: ${JSON.stringify(other)}`,
  ];
}

function objectionsToOverride(userPool: CfnUserPool, trigger: IFunction): string[] {
  const rendered = renderedTriggerOf(userPool);
  if (isDeepStrictEqual(rendered, userPool.stack.resolve(trigger.functionArn))) return [];
  return [
    `an override of the user pool ${userPool.node.path} takes the post confirmation trigger away from the ` +
      `onboarding: remove that override, got: ${JSON.stringify(rendered)}`,
  ];
}
