import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { allowUserPoolsOfAccountToInvoke, allowUserPoolToInvoke } from './allow-cognito';
import { setPostConfirmationTrigger, userPoolResourceOf } from './post-confirmation-trigger';
import { TriggerAttachment } from './trigger-attachment';

/** The user pool, its trigger, and how the one gets the other. */
export interface TriggerConnection {
  readonly userPool: IUserPool;
  readonly triggerFunction: IFunction;
  /** Whether a custom resource attaches the trigger to a pool that the stack does not create. */
  readonly attachTrigger?: boolean;
  readonly replaceTrigger?: boolean;
  readonly settings: ResolvedSettings;
}

/**
 * Lets Cognito invoke the trigger, and makes it the trigger of the user pool: as a property of a pool of the
 * same stack, or by a custom resource if that is asked for.
 *
 * @returns the custom resource, if there is one.
 */
export function connectTrigger(
  scope: Construct,
  { attachTrigger, ...connection }: TriggerConnection,
): TriggerAttachment | undefined {
  const { userPool, triggerFunction } = connection;
  const resource = userPoolResourceOf(userPool, scope);
  if (!resource && attachTrigger) return new TriggerAttachment(scope, 'TriggerAttachment', connection);
  if (resource) {
    const permission = allowUserPoolsOfAccountToInvoke(scope, triggerFunction);
    setPostConfirmationTrigger(resource, triggerFunction, permission);
  } else {
    allowUserPoolToInvoke(scope, triggerFunction, userPool);
  }
  return undefined;
}
