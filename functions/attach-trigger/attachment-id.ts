/**
 * The data that an attachment keeps in its physical id. CloudFormation keeps this id from the first request
 * to the last. Nothing else that a custom resource answers comes back with the request to delete it.
 */
export interface AttachmentId {
  readonly userPoolId: string;
  /** The trigger that the user pool had before. */
  readonly previousTrigger?: string;
  /** The id that this one replaced when the attachment moved to another user pool. */
  readonly movedFrom?: string;
}

/** The id of an attachment that failed before anything was changed. */
export const NOTHING_ATTACHED = 'nothing-attached';

/** The id of an attachment that was already made, by an attempt whose answer was lost. */
export const PREVIOUS_TRIGGER_UNKNOWN = 'previous-trigger-unknown';

/** The longest physical id that CloudFormation accepts: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const MAX_LENGTH = 1_024;

/**
 * An id of at most 1,024 characters. After many moves, the first ones are forgotten: only the last one can
 * still be rolled back.
 */
export function formatAttachmentId({ userPoolId, previousTrigger = '', movedFrom }: AttachmentId): string {
  const parts = [userPoolId, previousTrigger, ...(movedFrom?.split('|') ?? [])];
  // Each user pool has two parts; the oldest is the last, and may have one.
  while (parts.join('|').length > MAX_LENGTH) parts.splice(2 * Math.ceil(parts.length / 2) - 2);
  return parts.join('|');
}

/** @returns `undefined` for an id without data; CloudFormation makes one up if it never got an answer. */
export function parseAttachmentId(id: string | undefined): AttachmentId | undefined {
  const [userPoolId, previousTrigger, ...movedFrom] = id?.split('|') ?? [];
  if (!userPoolId || previousTrigger === undefined) return undefined;
  return {
    userPoolId,
    ...(previousTrigger && { previousTrigger }),
    ...(movedFrom.length > 0 && { movedFrom: movedFrom.join('|') }),
  };
}
