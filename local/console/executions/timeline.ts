import type { HistoryEvent } from '../../step-functions/execution-history';

/** A span of time, in ms since 1970. One without an end still lasts. */
export interface Span {
  readonly from: number;
  to?: number;
}

/** An attempt of a task. */
export interface TimelineAttempt extends Span {
  readonly parameters: unknown;
  error?: string;
}

/** One visit of a state. */
export interface Visit extends Span {
  readonly name: string;
  readonly attempts: TimelineAttempt[];
}

/** The visits of states in the order in which they began. */
export function visitsIn(history: readonly HistoryEvent[]): Visit[] {
  const visits: Visit[] = [];
  for (const { type, stateName, timestamp, details } of history) {
    if (stateName === undefined) continue;
    const at = Date.parse(timestamp);
    const visit = visits.findLast(({ name }) => name === stateName);
    if (type.endsWith('StateEntered')) visits.push({ name: stateName, from: at, attempts: [] });
    else if (type.endsWith('StateExited') && visit) visit.to = at;
    else if (type === 'TaskScheduled') visit?.attempts.push({ from: at, parameters: details.parameters });
    else if (/^Task(Succeeded|Failed|TimedOut)$/.test(type))
      Object.assign(visit?.attempts.at(-1) ?? {}, { to: at, error: details.error });
  }
  return visits;
}

/** The pauses between the attempts of a visit. The last one still lasts if the next attempt has not begun. */
export function waitsIn({ attempts, to }: Visit): Span[] {
  return attempts.flatMap((attempt, index): Span[] => {
    const next = attempts[index + 1];
    if (attempt.to === undefined) return [];
    if (next) return [{ from: attempt.to, to: next.from }];
    return attempt.error !== undefined && to === undefined ? [{ from: attempt.to }] : [];
  });
}
