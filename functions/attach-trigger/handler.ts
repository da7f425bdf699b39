import type { Context } from 'aws-lambda';
import { describeError } from '../aws-client/describe-error';
import { NOTHING_ATTACHED } from './attachment-id';
import {
  answerCustomResource,
  type CustomResourceOutcome,
  type CustomResourceRequest,
  parseCustomResourceRequest,
} from './custom-resource';
import type { RemainingTime } from './post-confirmation-trigger';
import { isReattachment, type Reattachment, reattach } from './reattachment';
import { createAttachment, deleteAttachment, updateAttachment } from './trigger-attachment';

type Performer = (
  request: CustomResourceRequest,
  remainingTime: RemainingTime,
) => Promise<CustomResourceOutcome>;

const PERFORMERS = new Map<string, Performer>([
  ['Create', createAttachment],
  ['Update', updateAttachment],
  ['Delete', deleteAttachment],
]);

/**
 * The custom resource that makes a function the post confirmation trigger of an existing user pool. A
 * reconciliation calls it, too, to set the trigger again on a pool that has lost it.
 *
 * CloudFormation is told every outcome. The only exception is an event that does not say where to answer.
 *
 * @throws InvalidInputError for such an event, or the error that kept the answer from CloudFormation.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
export async function handler(event: unknown, context: Context): Promise<Reattachment | undefined> {
  const remainingTime = () => context.getRemainingTimeInMillis();
  if (isReattachment(event)) return reattach(event, remainingTime);
  await answer(parseCustomResourceRequest(event), remainingTime);
  return undefined;
}

async function answer(request: CustomResourceRequest, remainingTime: RemainingTime): Promise<void> {
  const outcome = await perform(request, remainingTime);
  const { physicalResourceId, error } = outcome;
  const log = { requestType: request.RequestType, physicalResourceId };
  if (error === undefined) console.info({ event: 'AttachmentPerformed', ...log });
  else console.error({ event: 'AttachmentFailed', ...log, ...describeError(error) });
  await answerCustomResource(request, outcome);
}

async function perform(
  request: CustomResourceRequest,
  remainingTime: RemainingTime,
): Promise<CustomResourceOutcome> {
  try {
    const performer = PERFORMERS.get(request.RequestType);
    if (!performer) throw new Error(`RequestType must be one of ${[...PERFORMERS.keys()].join(', ')}`);
    return await performer(request, remainingTime);
  } catch (error) {
    return { physicalResourceId: request.PhysicalResourceId ?? NOTHING_ATTACHED, error };
  }
}
