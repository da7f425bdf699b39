import type { Invocation } from '../../lambda/invocations';
import type { Lambda } from '../../lambda/lambda';
import type { Execution } from '../../step-functions/execution';

/** An attempt of a task, in ms since 1970. */
interface Attempt {
  readonly from: number;
  readonly to?: number;
  readonly parameters: unknown;
}

/** How much earlier than its attempt an invocation may seem to begin, in ms. */
const TOLERANCE = 2;

/** The invocation that an attempt of a task made, if the task calls a function and the invocation is known. */
export function invocationOfAttempt(
  lambda: Lambda,
  { from, to = Number.POSITIVE_INFINITY, parameters }: Attempt,
): Invocation | undefined {
  const { FunctionName, Payload = {} } = Object(parameters) as { FunctionName?: unknown; Payload?: unknown };
  if (typeof FunctionName !== 'string') return undefined;
  return lambda.invocations
    .withPayload(lambda.arnOf(FunctionName).split(':')[6] ?? '', JSON.stringify(Payload))
    .find(({ startedAt }) => startedAt >= from - TOLERANCE && startedAt <= to);
}

/**
 * The invocation that started an execution: it has to do with the same user, and it ran at that time. The
 * invocations that an execution makes itself have an execution's ARN in their payload.
 */
export function startingInvocation(
  { invocations }: Lambda,
  { startDate, executionArn }: Execution,
  sub: string,
): Invocation | undefined {
  const [states = ''] = /^arn:[\w-]+:states:/.exec(executionArn) ?? [];
  return invocations
    .list()
    .findLast(
      ({ payload, startedAt, endedAt = Number.POSITIVE_INFINITY }) =>
        payload.includes(sub) && !payload.includes(states) && startedAt <= startDate && endedAt >= startDate,
    );
}
