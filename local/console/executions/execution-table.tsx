import type { Execution } from '../../step-functions/execution';
import { retriesOf, stateResults } from '../graph/state-results';
import type { Directory } from '../shared/directory';
import { Name, Ticking, Timestamp } from '../shared/elements';
import { formatDuration } from '../shared/format';
import { StatusBadge } from '../shared/status';
import { Table } from '../shared/table';
import { User } from '../shared/user';
import { machineNameOf, userOf } from './execution-list';
import { hrefOf } from './links';

interface ExecutionTableProps {
  readonly executions: readonly Execution[];
  /** Undefined where all executions are of one user, whom the table then does not name. */
  readonly directory?: Directory;
  readonly label: string;
  /** The execution that the page shows; it needs no link. */
  readonly current?: Execution;
  /** In ms since 1970. */
  readonly now: number;
}

/** A table with one execution in each row. */
export function ExecutionTable({ executions, directory, label, current, now }: ExecutionTableProps) {
  return (
    <Table
      label={label}
      columns={['Status', 'Name', ...(directory ? ['User'] : []), 'Started', 'Duration', 'Retries']}
      empty="No executions."
      rows={executions.map((execution) => {
        const { executionArn, name, status, error, startDate, stopDate } = execution;
        const user = userOf(execution);
        return {
          key: executionArn,
          cells: [
            <>
              <StatusBadge status={status} />{' '}
              {error && (
                <span class="note">
                  <Name>{error}</Name>
                </span>
              )}
            </>,
            <>
              {execution === current ? (
                <span aria-current="page">{name}</span>
              ) : (
                <a href={hrefOf(execution)}>{name}</a>
              )}
              <span class="note">{machineNameOf(execution)}</span>
            </>,
            ...(directory ? [user ? <User {...user} email={directory.get(user.sub)} /> : '–'] : []),
            <Timestamp at={startDate} />,
            stopDate === undefined ? <Ticking ms={now - startDate} /> : formatDuration(stopDate - startDate),
            retriesIn(execution),
          ],
        };
      })}
    />
  );
}

function retriesIn(execution: Execution): number {
  const results = stateResults(execution, execution.history());
  return [...results.values()].reduce((sum, result) => sum + retriesOf(result), 0);
}
