import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { awsClientConfig } from '../aws-client/config';
import { requiredEnvironmentVariable } from '../onboarding/environment';

/**
 * Which post confirmation trigger the user pool has: ours (`Attached`), none (`Detached`), or somebody else's
 * (`Replaced`).
 */
export interface CheckedTrigger {
  readonly status: 'Attached' | 'Detached' | 'Replaced';
}

const cognito = new CognitoIdentityProviderClient(awsClientConfig(3_000));

/**
 * Compares the post confirmation trigger of the user pool named by `USER_POOL_ID` with the function named by
 * `TRIGGER_FUNCTION_ARN`, and logs `TriggerDetached` if nothing calls that function.
 *
 * With `OTHER_TRIGGER_ALLOWED`, somebody else's function may be there, because it may call ours.
 *
 * @throws Cognito's own errors; their names tell the state machine what to retry.
 */
export async function handler(): Promise<CheckedTrigger> {
  const userPoolId = requiredEnvironmentVariable('USER_POOL_ID');
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }));
  const trigger = UserPool?.LambdaConfig?.PostConfirmation;
  const status = statusOf(trigger);
  logTrigger(status, { userPoolId, trigger: trigger ?? 'none' });
  return { status };
}

function statusOf(trigger: string | undefined): CheckedTrigger['status'] {
  if (!trigger) return 'Detached';
  const ours = requiredEnvironmentVariable('TRIGGER_FUNCTION_ARN');
  // A version or an alias of our function is ours, too.
  return trigger === ours || trigger.startsWith(`${ours}:`) ? 'Attached' : 'Replaced';
}

function logTrigger(status: CheckedTrigger['status'], found: { userPoolId: string; trigger: string }): void {
  const otherAllowed = requiredEnvironmentVariable('OTHER_TRIGGER_ALLOWED') === 'true';
  if (status === 'Attached') console.info({ event: 'TriggerAttached', ...found });
  else if (status === 'Replaced' && otherAllowed) console.warn({ event: 'OtherTriggerFound', ...found });
  else console.error({ event: 'TriggerDetached', ...found });
}
