import * as v from 'valibot';
import { parse } from '../onboarding/parse';
import { FunctionArn, UserPoolId } from './attachment-properties';
import { changePostConfirmationTrigger, type RemainingTime } from './post-confirmation-trigger';

const ReattachmentSchema = v.object({ reattach: v.object({ UserPoolId, FunctionArn }) });

/** What became of the trigger: `Replaced` says that somebody else's is there now. */
export interface Reattachment {
  readonly status: 'Reattached' | 'Attached' | 'Replaced';
}

/** Whether an event is a reconciliation's request, and not CloudFormation's. */
export function isReattachment(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'reattach' in event;
}

/**
 * Sets the trigger again on a user pool that has lost it. Somebody else's trigger stays.
 *
 * @throws Error as {@link changePostConfirmationTrigger}, or InvalidInputError for an event without the pool and
 * the function.
 */
export async function reattach(event: unknown, remainingTime: RemainingTime): Promise<Reattachment> {
  const { UserPoolId, FunctionArn } = parse(ReattachmentSchema, event, 'a request to reattach').reattach;
  let found: string | undefined;
  const choose = (current: string | undefined) => {
    found = current;
    return current ?? FunctionArn;
  };
  await changePostConfirmationTrigger(UserPoolId, choose, remainingTime);
  const status = found === undefined ? 'Reattached' : found === FunctionArn ? 'Attached' : 'Replaced';
  console.warn({ event: `Trigger${status}`, userPoolId: UserPoolId, trigger: found ?? FunctionArn });
  return { status };
}
