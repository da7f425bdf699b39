import { type FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Verification } from '../shared/verification';
import type { OwnUser } from './own-user';

/** A line that the trigger or the retry function has logged. */
export interface FunctionLine {
  /** Such as `UserParked`. */
  readonly event?: string;
  /** Who parked the user: `execution` or `trigger`. */
  readonly by?: string;
  readonly executionArn?: string;
}

/** An event in the log of the executions. */
export interface ExecutionEvent {
  readonly type: string;
  readonly execution_arn: string;
  readonly details?: { readonly name?: string; readonly error?: string; readonly cause?: string };
}

/** What the trigger has logged of a user so far, oldest first. */
export async function triggerLines(verification: Verification, user: OwnUser): Promise<FunctionLine[]> {
  return functionLines(verification, verification.outputs.TriggerLogGroupName, user);
}

/** What the retry function has logged of a user so far, oldest first. */
export async function retryLines(verification: Verification, user: OwnUser): Promise<FunctionLine[]> {
  return functionLines(verification, verification.outputs.RetryLogGroupName, user);
}

async function functionLines(verification: Verification, logGroupName: string, user: OwnUser) {
  const messages = await find(verification, logGroupName, user);
  return messages.map((message) => (message as { message?: FunctionLine }).message ?? {});
}

/** What the executions of a user have logged so far, oldest first; nothing if they log only failures. */
export async function executionEvents(verification: Verification, user: OwnUser): Promise<ExecutionEvent[]> {
  const { ExecutionLogGroupName } = verification.outputs;
  if (!ExecutionLogGroupName) return [];
  return (await find(verification, ExecutionLogGroupName, user)) as ExecutionEvent[];
}

async function find({ clients }: Verification, logGroupName: string, { sub, since }: OwnUser) {
  const found: FilteredLogEvent[] = [];
  // The clock of this machine may be ahead of the one of AWS.
  const query = { logGroupName, startTime: since - 60_000, filterPattern: `"${sub}"` };
  let nextToken: string | undefined;
  do {
    const page = await clients.logs.send(new FilterLogEventsCommand({ ...query, nextToken }));
    found.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return found.map(({ message = '' }) => parseLine(message));
}

/** A line that is not JSON is none of ours. */
function parseLine(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return {};
  }
}
