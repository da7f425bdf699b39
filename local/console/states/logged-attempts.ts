import type { Lambda } from '../../lambda/lambda';
import type { StateResult } from '../graph/state-results';
import { invocationOfAttempt } from '../shared/invocations';
import { logEntry } from '../shared/log-entry';
import type { LoggedAttempt } from './attempts';

/** The attempts of a state's last visit, with what the functions wrote. */
export function loggedAttempts(lambda: Lambda, result?: StateResult): LoggedAttempt[] {
  return (result?.attempts ?? []).map((attempt) => {
    const { startedAt: from, endedAt: to, parameters } = attempt;
    const { requestId, coldStart } = invocationOfAttempt(lambda, { from, to, parameters }) ?? {};
    const lines =
      requestId === undefined ? [] : lambda.logs.list().filter(({ line }) => line.includes(requestId));
    return { ...attempt, requestId, coldStart, entries: lines.map(logEntry) };
  });
}
