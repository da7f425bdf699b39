import * as v from 'valibot';
import { describeError } from '../aws-client/describe-error';
import { parse } from '../onboarding/parse';
import {
  formatAttachmentId,
  NOTHING_ATTACHED,
  PREVIOUS_TRIGGER_UNKNOWN,
  parseAttachmentId,
} from './attachment-id';
import { FunctionArn, UserPoolId } from './attachment-properties';
import type { CustomResourceOutcome, CustomResourceRequest } from './custom-resource';
import { changePostConfirmationTrigger, type RemainingTime } from './post-confirmation-trigger';

const PropertiesSchema = v.object({
  UserPoolId,
  FunctionArn,
  // CloudFormation passes everything as strings.
  ReplaceTrigger: v.optional(v.picklist(['true', 'false']), 'false'),
});

type Properties = v.InferOutput<typeof PropertiesSchema>;

interface Attach {
  readonly properties: Properties;
  /** The function's ARN before this request, if it had another one. */
  readonly oldFunctionArn?: string;
  /**
   * Makes the attachment's physical id from the trigger that it replaces; `isOwn` if there is nothing to
   * replace.
   */
  readonly idFor: (previousTrigger: string | undefined, isOwn: boolean) => string;
}

/** Makes the function the user pool's trigger. After a later failure, the id still allows undoing it. */
export function createAttachment(request: CustomResourceRequest, remainingTime: RemainingTime) {
  const properties = propertiesOf(request.ResourceProperties);
  const userPoolId = properties.UserPoolId;
  const idFor = (previousTrigger: string | undefined, isOwn: boolean) => {
    if (isOwn && mayHaveReplaced(properties)) return PREVIOUS_TRIGGER_UNKNOWN;
    return formatAttachmentId({ userPoolId, previousTrigger });
  };
  return attach({ properties, idFor }, remainingTime);
}

/** Updates the trigger to the function's new ARN, or moves the attachment to another user pool. */
export async function updateAttachment(
  request: CustomResourceRequest,
  remainingTime: RemainingTime,
): Promise<CustomResourceOutcome> {
  const physicalResourceId = request.PhysicalResourceId ?? NOTHING_ATTACHED;
  const properties = propertiesOf(request.ResourceProperties);
  const old = propertiesOf(request.OldResourceProperties);
  // When a failed move is rolled back, the old properties name a user pool that was never attached.
  const attachedTo = parseAttachmentId(physicalResourceId)?.userPoolId ?? old.UserPoolId;
  if (attachedTo !== properties.UserPoolId) return move(properties, physicalResourceId, remainingTime);
  const change = { properties, oldFunctionArn: old.FunctionArn, idFor: () => physicalResourceId };
  const { error } = await attach(change, remainingTime);
  // Any other id would make CloudFormation delete this one, and so detach the user pool again.
  return { physicalResourceId, error };
}

/** Restores the user pool's previous trigger, unless somebody else has set another one since. */
export async function deleteAttachment(
  request: CustomResourceRequest,
  remainingTime: RemainingTime,
): Promise<CustomResourceOutcome> {
  const physicalResourceId = request.PhysicalResourceId ?? NOTHING_ATTACHED;
  if (physicalResourceId === NOTHING_ATTACHED) return { physicalResourceId };
  const properties = propertiesOf(request.ResourceProperties);
  try {
    await detach(physicalResourceId, properties, remainingTime);
  } catch (error) {
    if (describeError(error).error !== 'ResourceNotFoundException') throw error;
    console.info({ event: 'UserPoolGone', userPoolId: properties.UserPoolId });
  }
  return { physicalResourceId };
}

/** CloudFormation deletes the attachment of the first user pool when everything else is done. */
async function move(properties: Properties, movedFrom: string, remainingTime: RemainingTime) {
  const userPoolId = properties.UserPoolId;
  const origin = parseAttachmentId(movedFrom)?.movedFrom ?? '';
  const idFor = (previousTrigger: string | undefined, isOwn: boolean) => {
    // This move is a rollback to a user pool that is still attached, so it must get its old id again.
    if (isOwn && parseAttachmentId(origin)?.userPoolId === userPoolId) return origin;
    if (isOwn && mayHaveReplaced(properties)) return PREVIOUS_TRIGGER_UNKNOWN;
    return formatAttachmentId({ userPoolId, previousTrigger, movedFrom });
  };
  const outcome = await attach({ properties, idFor }, remainingTime);
  if (outcome.error === undefined) return outcome;
  if (!parseAttachmentId(outcome.physicalResourceId)) {
    return { physicalResourceId: movedFrom, error: outcome.error };
  }
  // CloudFormation will not request this, because it continues with the first attachment.
  const left = await detach(outcome.physicalResourceId, properties, remainingTime).then(
    () => `user pool ${userPoolId} was detached again`,
    (error) => `user pool ${userPoolId} could not be detached again: ${describeError(error).reason}`,
  );
  return {
    physicalResourceId: movedFrom,
    error: new Error(`${describeError(outcome.error).reason}; ${left}`),
  };
}

async function attach(
  { properties, oldFunctionArn, idFor }: Attach,
  remainingTime: RemainingTime,
): Promise<CustomResourceOutcome> {
  const { UserPoolId, FunctionArn } = properties;
  let physicalResourceId = NOTHING_ATTACHED;
  const choose = (current: string | undefined) => {
    const isOwn = current === FunctionArn || (current !== undefined && current === oldFunctionArn);
    if (!isOwn) assertReplaceable(current, properties);
    // After an attempt whose answer was lost, the trigger looks as if it had been there before.
    if (!isOwn || physicalResourceId === NOTHING_ATTACHED) {
      physicalResourceId = idFor(isOwn ? undefined : current, isOwn);
    }
    if (physicalResourceId === PREVIOUS_TRIGGER_UNKNOWN) throw previousTriggerUnknown(properties);
    return FunctionArn;
  };
  try {
    await changePostConfirmationTrigger(UserPoolId, choose, remainingTime);
    return { physicalResourceId };
  } catch (error) {
    return { physicalResourceId, error };
  }
}

function assertReplaceable(current: string | undefined, properties: Properties): void {
  if (current === undefined) return;
  const { UserPoolId } = properties;
  if (!mayHaveReplaced(properties)) {
    throw new Error(
      `user pool ${UserPoolId} has another post confirmation trigger: ${current}. Set replaceTrigger to replace ` +
        'it for as long as this resource exists, or remove it first',
    );
  }
  console.warn({ event: 'TriggerReplaced', userPoolId: UserPoolId, previousTrigger: current });
}

function mayHaveReplaced({ ReplaceTrigger }: Properties): boolean {
  return ReplaceTrigger === 'true';
}

function previousTriggerUnknown({ UserPoolId, FunctionArn }: Properties): Error {
  return new Error(
    `user pool ${UserPoolId} has the post confirmation trigger ${FunctionArn} already, set by an attempt whose ` +
      'answer was lost or by other means. The trigger that it replaced is no longer known. Find it as ' +
      'previousTrigger in the event TriggerReplaced in the log of the attaching function. Set that trigger again ' +
      'by hand (or none, if there is no such event), and deploy or delete again. If no trigger has to come back, ' +
      'deploy without replaceTrigger instead',
  );
}

async function detach(
  physicalResourceId: string,
  properties: Properties,
  remainingTime: RemainingTime,
): Promise<void> {
  const { UserPoolId, FunctionArn } = properties;
  const attachment = parseAttachmentId(physicalResourceId);
  const { userPoolId, previousTrigger } = attachment ?? { userPoolId: UserPoolId };
  const choose = (current: string | undefined) => {
    if (current === FunctionArn && !attachment && mayHaveReplaced(properties)) {
      throw previousTriggerUnknown(properties);
    }
    if (current === FunctionArn) return previousTrigger;
    console.warn({ event: 'TriggerLeft', userPoolId, trigger: current });
    return current;
  };
  await changePostConfirmationTrigger(userPoolId, choose, remainingTime);
}

function propertiesOf(value: unknown): Properties {
  return parse(PropertiesSchema, value, 'the properties of a post confirmation trigger');
}
