import type { Execution } from '../../step-functions/execution';
import type { HistoryEvent } from '../../step-functions/execution-history';
import type { Outcome } from '../shared/status';

/** An attempt of a task; times are in ms since 1970. */
export interface Attempt {
  readonly startedAt: number;
  readonly parameters: unknown;
  endedAt?: number;
  error?: string;
  cause?: string;
  /** What the task answered. */
  result?: unknown;
}

/** The result of a state in an execution: that of the last visit, if there were several. */
export interface StateResult {
  readonly name: string;
  outcome: Outcome;
  readonly visits: number;
  readonly attempts: Attempt[];
  /** In ms since 1970. */
  readonly enteredAt?: number;
  exitedAt?: number;
  readonly input?: unknown;
  output?: unknown;
  error?: string;
  cause?: string;
}

const ATTEMPT_END = /^Task(Succeeded|Failed|TimedOut)$/;

/** The result of each state that the history names, in the order in which they were entered. */
export function stateResults(
  execution: Execution,
  history: readonly HistoryEvent[],
): Map<string, StateResult> {
  const results = new Map<string, StateResult>();
  for (const event of history) {
    const { stateName } = event;
    if (stateName === undefined) continue;
    const result = results.get(stateName) ?? notReached(stateName);
    if (event.type.endsWith('StateEntered')) {
      // In a loop, the state that was entered last comes last.
      results.delete(stateName);
      results.set(stateName, entered(result, event));
    } else {
      apply(result, event);
    }
  }
  for (const result of results.values()) {
    if (result.exitedAt === undefined) endWith(result, execution);
  }
  return results;
}

/** The result of a state that the execution did not reach. */
export function notReached(name: string): StateResult {
  return { name, outcome: 'not-reached', visits: 0, attempts: [] };
}

/** How often the state's task was tried again. */
export function retriesOf({ attempts }: StateResult): number {
  return Math.max(0, attempts.length - 1);
}

function entered({ name, visits }: StateResult, { timestamp, details }: HistoryEvent): StateResult {
  const visit = { enteredAt: Date.parse(timestamp), input: details.input };
  return { name, outcome: 'running', visits: visits + 1, attempts: [], ...visit };
}

function apply(result: StateResult, { type, timestamp, details }: HistoryEvent): void {
  const at = Date.parse(timestamp);
  if (type === 'TaskScheduled') {
    result.attempts.push({ startedAt: at, parameters: details.parameters });
  } else if (ATTEMPT_END.test(type)) {
    const { error, cause } = details as { error?: string; cause?: string };
    Object.assign(result.attempts.at(-1) ?? {}, { endedAt: at, error, cause, result: details.output });
    Object.assign(result, { error, cause });
  } else if (type.endsWith('StateExited')) {
    const outcome = result.error === undefined ? 'succeeded' : 'caught';
    Object.assign(result, { exitedAt: at, output: details.output, outcome });
  }
}

/** A state that was never left ends when the execution ends. */
function endWith(result: StateResult, { status, stopDate, error, cause }: Execution): void {
  if (status === 'RUNNING') return;
  result.exitedAt = stopDate;
  result.outcome = status === 'FAILED' ? 'failed' : status === 'SUCCEEDED' ? 'succeeded' : 'aborted';
  if (status === 'FAILED')
    Object.assign(result, { error: result.error ?? error, cause: result.cause ?? cause });
}
