import { setTimeout as delay } from 'node:timers/promises';
import {
  CognitoIdentityProviderClient,
  UpdateUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { awsClientConfig } from '../aws-client/config';
import { describeError } from '../aws-client/describe-error';
import { describeUserPool } from './describe-user-pool';
import { unexpectedChanges, updateWithTrigger } from './user-pool-settings';

/** Errors that may not occur in a later attempt, because each attempt reads the user pool again. */
const RETRIED = ['ConcurrentModificationException', 'TooManyRequestsException', 'InternalErrorException'];

/** How Cognito says that a permission is missing. */
const ACCESS_DENIED = ['AccessDeniedException', 'NotAuthorizedException'];

/**
 * How long a permission is waited for, in ms. A deployment creates it just before this function is called,
 * and IAM takes some seconds to apply it everywhere.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const PERMISSION_WAIT = 30_000;

/** In ms. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/** The part of the function's time that is kept for a last attempt and for the answer, in ms. */
const LAST_ATTEMPT_TIME = 60_000;

const cognito = new CognitoIdentityProviderClient(awsClientConfig(5_000));

/** Returns the function's remaining time, in ms. */
export type RemainingTime = () => number;

/**
 * Changes the post confirmation trigger of a user pool, and nothing else in it.
 *
 * @param choose gets the current trigger and returns the new one; `undefined` means none. It is called again
 * for each attempt.
 * @throws Error naming the fields: before the change, if the user pool has settings that would be reset, or
 * after it, if other settings have changed. Otherwise Cognito's own errors.
 */
export async function changePostConfirmationTrigger(
  userPoolId: string,
  choose: (current: string | undefined) => string | undefined,
  remainingTime: RemainingTime,
): Promise<void> {
  let updated: { before: UserPoolType; trigger: string | undefined } | undefined;
  await retrying(remainingTime, async () => {
    const { userPool: before, unknownFields } = await describeUserPool(cognito, userPoolId);
    const trigger = choose(before.LambdaConfig?.PostConfirmation);
    if (trigger === before.LambdaConfig?.PostConfirmation) return;
    assertKnown(unknownFields, userPoolId, trigger);
    updated = { before, trigger };
    await updateUserPool(before, trigger);
  });
  if (!updated) return;
  const { userPool: after } = await retrying(remainingTime, () => describeUserPool(cognito, userPoolId));
  const changes = unexpectedChanges(updated.before, updated.trigger, after);
  if (changes.length === 0) return;
  throw new Error(
    `user pool ${userPoolId} has unexpected changes in ${changes.join(', ')}: somebody changed it at the same ` +
      `time, or Cognito did not keep what it was sent. Its post confirmation trigger is now ` +
      `${after.LambdaConfig?.PostConfirmation ?? 'none'}. Correct these settings, and deploy again`,
  );
}

function assertKnown(unknownFields: string[], userPoolId: string, trigger = 'none'): void {
  if (unknownFields.length === 0) return;
  throw new Error(
    `user pool ${userPoolId} has settings that this function's AWS SDK does not know, and that its update would ` +
      `reset: ${unknownFields.join(', ')}. Nothing was changed. Update this package, or set the post confirmation ` +
      `trigger to ${trigger} by hand in the Cognito console, and deploy or delete again`,
  );
}

async function updateUserPool(pool: UserPoolType, trigger: string | undefined): Promise<void> {
  try {
    await cognito.send(new UpdateUserPoolCommand(updateWithTrigger(pool, trigger)));
  } catch (error) {
    const { error: name, reason } = describeError(error);
    const demands = demandsOf(pool);
    if (!ACCESS_DENIED.includes(name) || demands.length === 0) throw error;
    const message =
      `${reason} (the settings of user pool ${pool.Id} require more permissions to update it: ` +
      `allow the role of the attaching function ${demands.join(', ')}; in CDK, with ` +
      '`attachTriggerFunction.addToRolePolicy()`)';
    throw Object.assign(new Error(message), { name });
  }
}

/**
 * The permissions that UpdateUserPool may require because of a user pool's settings.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-type-schemas.html: the permissions
 * that CloudFormation itself needs for an `AWS::Cognito::UserPool`.
 */
function demandsOf({ SmsConfiguration, EmailConfiguration, LambdaConfig, KeyConfiguration }: UserPoolType) {
  const roles = [SmsConfiguration?.SnsCallerArn, SmsConfiguration?.EumsSms?.CallerArn];
  const keys = [LambdaConfig?.KMSKeyID, KeyConfiguration?.KmsKeyArn];
  return [
    ...roles.flatMap((role) => (role ? [`iam:PassRole on ${role}`] : [])),
    ...keys.flatMap((key) => (key ? [`kms:CreateGrant on ${key}`] : [])),
    ...(EmailConfiguration?.EmailSendingAccount === 'DEVELOPER'
      ? ['iam:CreateServiceLinkedRole for email.cognito-idp.amazonaws.com']
      : []),
  ];
}

async function retrying<T>(remainingTime: RemainingTime, attempt: () => Promise<T>): Promise<T> {
  for (let longest = FIRST_PAUSE, waited = 0; ; longest = Math.min(2 * longest, LONGEST_PAUSE)) {
    // At random up to half shorter, so that two callers who collide do not keep colliding.
    const pause = longest * (1 - Math.random() / 2);
    try {
      return await attempt();
    } catch (error) {
      if (!mayPass(error, waited) || remainingTime() < pause + LAST_ATTEMPT_TIME) throw error;
      console.warn({ event: 'UserPoolNotReady', pause, ...describeError(error) });
    }
    await delay(pause);
    waited += pause;
  }
}

/** Whether an error may not occur again, after the time that was already waited (in ms). */
function mayPass(error: unknown, waited: number): boolean {
  const { error: name } = describeError(error);
  return RETRIED.includes(name) || (ACCESS_DENIED.includes(name) && waited < PERMISSION_WAIT);
}
