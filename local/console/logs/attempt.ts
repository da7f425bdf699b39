import type { Newest } from '../../aws/newest';
import type { Invocation } from '../../lambda/invocations';
import type { LogLine } from '../../lambda/lambda-options';

/** One of the attempts that share a request id. */
export interface Attempt {
  readonly invocation: Invocation;
  /** From 1. */
  readonly number: number;
  /** How many there are. */
  readonly total: number;
  /** What it wrote, oldest first. */
  readonly lines: readonly LogLine[];
  /** Whether lines of that time are not kept any more. */
  readonly hasLostLines: boolean;
}

/**
 * An attempt with its lines: those with the request id, from its start to the start of the next attempt.
 *
 * @param attempts oldest first.
 * @param number from 1. @default - the last attempt
 * @returns undefined if there is no such attempt.
 */
export function attemptOf(
  attempts: readonly Invocation[],
  logs: Pick<Newest<LogLine>, 'list' | 'added'>,
  number = attempts.length,
): Attempt | undefined {
  const invocation = attempts[number - 1];
  if (!invocation) return undefined;
  const { startedAt, requestId } = invocation;
  const end = attempts[number]?.startedAt ?? Number.POSITIVE_INFINITY;
  const kept = logs.list();
  const lines = kept.filter(({ at, line }) => at >= startedAt && at < end && line.includes(requestId));
  const hasLostLines = kept.length < logs.added && startedAt <= (kept[0]?.at ?? Number.POSITIVE_INFINITY);
  return { invocation, number, total: attempts.length, lines, hasLostLines };
}
