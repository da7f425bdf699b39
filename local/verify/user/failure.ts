import { inWords } from '../shared/in-words';
import type { Verification } from '../shared/verification';
import { type ExecutionEvent, executionEvents, triggerLines } from './logs';
import type { OwnUser } from './own-user';

/** Why a user is not onboarded yet, by the logs; for the message of a check that has failed already. */
export async function whyNotOnboarded(verification: Verification, user: OwnUser): Promise<string> {
  try {
    const lines = await triggerLines(verification, user);
    const failure = taskFailure(await executionEvents(verification, user));
    const events = lines.flatMap(({ event }) => event ?? []);
    if (failure) return failure;
    return events.length > 0
      ? `the trigger has logged ${events.join(', ')}`
      : 'the trigger has logged nothing about the user';
  } catch (error) {
    return `the logs cannot be read: ${inWords(error)}`;
  }
}

/** The last task that failed, with its error. */
function taskFailure(events: readonly ExecutionEvent[]): string | undefined {
  let state = '';
  let failure: string | undefined;
  for (const { type, details } of events) {
    if (type === 'TaskStateEntered') state = details?.name ?? state;
    if (/^(Task|LambdaFunction)(Failed|TimedOut)$/.test(type))
      failure = `${state} failed with ${details?.error ?? type}${causeIn(details?.cause)}`;
  }
  return failure;
}

/** The cause of a function's error is JSON. Without execution data, it is not logged. */
function causeIn(cause: string | undefined): string {
  if (!cause) return '';
  try {
    return `: ${JSON.parse(cause).errorMessage ?? cause}`;
  } catch {
    return `: ${cause}`;
  }
}
