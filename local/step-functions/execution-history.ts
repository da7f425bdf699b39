import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** An event of the interpreter. The package aws-local-stepfunctions has this type, but does not export it. */
export interface InterpreterEvent {
  readonly type: string;
  readonly timestamp: number;
  readonly state?: {
    readonly name: string;
    readonly type: string;
    readonly input: unknown;
    readonly output?: unknown;
  };
  readonly Error?: string;
  readonly Cause?: unknown;
  readonly input?: unknown;
  readonly output?: unknown;
}

/** One attempt of a task, as seen by the interpreter's caller; times in ms since 1970. */
export interface TaskAttempt {
  readonly stateName: string;
  readonly resource: string;
  readonly parameters: unknown;
  readonly scheduledAt: number;
  end?: { readonly at: number; readonly output?: unknown; readonly error?: string; readonly cause?: string };
}

/**
 * An event of an execution's history, in the words of the Step Functions console.
 *
 * `timestamp` is ISO 8601. `details` depends on the type: state name, input, output, error, cause, and the
 * number of the retry. `stateName` is the name of the state that the event belongs to.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly id: number;
  readonly type: string;
  readonly timestamp: string;
  readonly stateName?: string;
  readonly details: Record<string, unknown>;
}

interface TimedEvent {
  readonly type: string;
  readonly at: number;
  readonly stateName?: string;
  readonly details: Record<string, unknown>;
}

const EXECUTION_END = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;

/** Builds an execution's history from the interpreter's events and the attempts of its tasks. */
export function executionHistory(
  events: readonly InterpreterEvent[],
  attempts: readonly TaskAttempt[],
): HistoryEvent[] {
  const pending = [...attempts];
  const retries = new Map<string, number>();
  const takeAttempt = (stateName: string, failure?: InterpreterEvent): TimedEvent[] => {
    const index = pending.findIndex((attempt) => attempt.stateName === stateName);
    const [attempt] = index < 0 ? [] : pending.splice(index, 1);
    return attempt ? attemptEvents(attempt, retries.get(stateName) ?? 0, failure) : [];
  };

  const history = events.flatMap((event): TimedEvent[] => {
    const { type, timestamp: at, state } = event;
    if (!state) return [executionEvent(event)];
    const { name, input, output } = state;
    if (type === 'StateEntered') {
      retries.delete(name);
      return [{ type: `${state.type}StateEntered`, at, stateName: name, details: { name, input } }];
    }
    if (type === 'StateRetried') retries.set(name, (retries.get(name) ?? 0) + 1);
    if (type === 'StateFailed') return takeAttempt(name, event);
    // A state also exits after a caught error. Its failed attempt is already in the history then.
    if (type !== 'StateExited') return [];
    const exited = { type: `${state.type}StateExited`, at, stateName: name, details: { name, output } };
    return [...takeAttempt(name), exited];
  });
  // These attempts are still running, or were running when the execution ended.
  for (const { stateName } of [...pending]) history.push(...takeAttempt(stateName));
  history.sort((a, b) => a.at - b.at);
  // The answer of a task after the end of its execution does not belong to the history.
  const end = history.findIndex(({ type }) => EXECUTION_END.test(type));
  return history.slice(0, end < 0 ? undefined : end + 1).map(({ type, at, stateName, details }, index) => ({
    id: index + 1,
    type,
    timestamp: new Date(at).toISOString(),
    ...(stateName !== undefined && { stateName }),
    details,
  }));
}

/** Compresses a history to a tenth of its size, as it is seldom read. Its details must be JSON. */
export function packed(history: readonly HistoryEvent[]): () => HistoryEvent[] {
  // Level 1 is fast, and the answer waits for it. A short Buffer, unlike a string, would keep its whole slab
  // in memory.
  const text = deflateRawSync(JSON.stringify(history), { level: 1 }).toString('latin1');
  return () => JSON.parse(inflateRawSync(Buffer.from(text, 'latin1')).toString());
}

function executionEvent({ type, timestamp: at, ...event }: InterpreterEvent): TimedEvent {
  if (type === 'ExecutionStarted') return { type, at, details: { input: event.input } };
  if (type === 'ExecutionSucceeded') return { type, at, details: { output: event.output } };
  if (type === 'ExecutionFailed' || type === 'ExecutionAborted')
    return { type, at, details: { error: event.Error || undefined, cause: event.Cause || undefined } };
  return { type: type === 'ExecutionTimeout' ? 'ExecutionTimedOut' : type, at, details: {} };
}

function attemptEvents(attempt: TaskAttempt, retry: number, failure?: InterpreterEvent): TimedEvent[] {
  const { stateName, resource, parameters, scheduledAt, end } = attempt;
  const events: TimedEvent[] = [
    { type: 'TaskScheduled', at: scheduledAt, stateName, details: { resource, parameters, retry } },
    { type: 'TaskStarted', at: scheduledAt, stateName, details: { resource } },
  ];
  if (failure?.Error === 'States.Timeout') {
    events.push({
      type: 'TaskTimedOut',
      at: failure.timestamp,
      stateName,
      details: { resource, error: 'States.Timeout' },
    });
  } else if (end?.error !== undefined) {
    events.push({
      type: 'TaskFailed',
      at: end.at,
      stateName,
      details: { resource, error: end.error, cause: end.cause },
    });
  } else if (end) {
    events.push({ type: 'TaskSucceeded', at: end.at, stateName, details: { resource, output: end.output } });
  }
  return events;
}
