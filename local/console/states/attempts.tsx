import type { Attempt } from '../graph/state-results';
import { Name, Ticking } from '../shared/elements';
import { formatDuration } from '../shared/format';
import type { LogEntry } from '../shared/log-entry';
import { invocationHref, LogTable } from '../shared/log-table';
import { Table } from '../shared/table';

/** An attempt of a task, with what its function wrote. */
export interface LoggedAttempt extends Attempt {
  /** Of the function's invocation; undefined if it is not known. */
  readonly requestId?: string;
  readonly coldStart?: boolean;
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
}

interface AttemptsProps {
  readonly attempts: readonly LoggedAttempt[];
  /** In ms since 1970. */
  readonly enteredAt?: number;
  readonly now: number;
}

/** The attempts of a task, with the log lines of each. */
export function Attempts({ attempts, enteredAt = 0, now }: AttemptsProps) {
  return (
    <>
      <h3>Attempts</h3>
      <Table
        label="Attempts"
        columns={['Attempt', 'Began after', 'Duration', 'Result', 'Function']}
        empty="None."
        rows={attempts.map(({ startedAt, endedAt, error, requestId, coldStart }, index) => ({
          key: `attempt-${index}`,
          cells: [
            index + 1,
            formatDuration(startedAt - enteredAt),
            endedAt === undefined ? <Ticking ms={now - startedAt} /> : formatDuration(endedAt - startedAt),
            endedAt === undefined ? 'In progress' : <Name>{error ?? 'Succeeded'}</Name>,
            <>
              {requestId === undefined ? '–' : <a href={invocationHref(requestId)}>Invocation {index + 1}</a>}
              {coldStart && <span class="note">Cold start</span>}
            </>,
          ],
        }))}
      />
      {attempts.map(({ entries }, index) => {
        if (entries.length === 0) return null;
        const label = `Log of attempt ${index + 1}`;
        return (
          <details>
            <summary>
              {label} ({entries.length})
            </summary>
            <LogTable entries={entries} label={label} empty="" isOfOneInvocation />
          </details>
        );
      })}
    </>
  );
}
