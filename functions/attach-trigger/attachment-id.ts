/**
 * What an attachment remembers, in its physical id: CloudFormation keeps it from the first request to the last,
 * and nothing else that a custom resource answers comes back with the request to delete it.
 */
export interface AttachmentId {
  readonly userPoolId: string;
  /** The trigger that the user pool had before. */
  readonly previousTrigger?: string;
  /** The id that this one took the place of when the attachment moved to another user pool. */
  readonly movedFrom?: string;
}

/** The id of an attachment that failed before anything was changed. */
export const NOTHING_ATTACHED = 'nothing-attached';

/** The id of an attachment that found itself made already, by an attempt whose answer was lost. */
export const PREVIOUS_TRIGGER_UNKNOWN = 'previous-trigger-unknown';

export function formatAttachmentId({ userPoolId, previousTrigger = '', movedFrom }: AttachmentId): string {
  return [userPoolId, previousTrigger, ...(movedFrom ? [movedFrom] : [])].join('|');
}

/** @returns nothing for an id that remembers nothing; CloudFormation makes one up when it was never answered. */
export function parseAttachmentId(id: string | undefined): AttachmentId | undefined {
  const [userPoolId, previousTrigger, ...movedFrom] = id?.split('|') ?? [];
  if (!userPoolId || previousTrigger === undefined) return undefined;
  return {
    userPoolId,
    ...(previousTrigger && { previousTrigger }),
    ...(movedFrom.length > 0 && { movedFrom: movedFrom.join('|') }),
  };
}
