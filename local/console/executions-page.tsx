import type { Execution, StateMachine } from '../state-machine';
import type { Directory } from './directory';
import { Paging, Section, Table, Ticking, Timestamp } from './elements';
import {
  type ExecutionFilter,
  type ExecutionPage,
  machineNameOf,
  statusCounts,
  userOf,
} from './execution-list';
import { formatDuration } from './format';
import { retriesOf, stateResults } from './state-results';
import { STATUS_LABELS, StatusBadge } from './status';
import { hrefOf } from './story';
import { User } from './user';

const STATUSES = Object.keys(STATUS_LABELS) as Execution['status'][];

export interface ExecutionsPageProps {
  readonly stateMachines: readonly StateMachine[];
  readonly all: readonly Execution[];
  readonly filter: ExecutionFilter;
  readonly page: ExecutionPage;
  readonly directory: Directory;
  /** In ms since 1970. */
  readonly now: number;
}

export function ExecutionsPage({ stateMachines, all, filter, page, directory, now }: ExecutionsPageProps) {
  const { total } = page;
  return (
    <>
      <h1>Executions</h1>
      <Section id="state-machines" title="State machines">
        <StateMachines stateMachines={stateMachines} all={all} />
      </Section>
      <Section id="executions" title={`Executions (${total.toLocaleString('en-US')})`}>
        <FilterForm filter={filter} stateMachines={stateMachines} />
        <ExecutionTable
          executions={page.executions}
          directory={directory}
          now={now}
          label="Executions, newest first"
        />
        <Paging
          page={page.page}
          pages={page.pages}
          href={(number) => listHref({ ...filter, page: number })}
        />
      </Section>
    </>
  );
}

function StateMachines({ stateMachines, all }: Pick<ExecutionsPageProps, 'stateMachines' | 'all'>) {
  return (
    <Table
      label="State machines"
      columns={['Name', 'Type', ...STATUSES.map((status) => STATUS_LABELS[status])]}
      empty="This stack has no state machines."
      rows={stateMachines.map(({ name, type, stateMachineArn }) => {
        const counts = statusCounts(all, stateMachineArn);
        const cells = STATUSES.map((status) => {
          const number = counts[status] ?? 0;
          const label = `${number} ${STATUS_LABELS[status]} of ${name}`;
          if (number === 0) return '0';
          return (
            <a href={listHref({ machine: name, status })} aria-label={label}>
              {number.toLocaleString('en-US')}
            </a>
          );
        });
        const link = <a href={listHref({ machine: name })}>{name}</a>;
        return { key: stateMachineArn, cells: [link, type === 'EXPRESS' ? 'Express' : 'Standard', ...cells] };
      })}
    />
  );
}

function FilterForm({
  filter,
  stateMachines,
}: {
  filter: ExecutionFilter;
  stateMachines: readonly StateMachine[];
}) {
  return (
    <search>
      <form class="filter" method="get" action="/console">
        <label class="wide">
          Search
          <input
            type="search"
            name="search"
            value={filter.search}
            placeholder="sub, username or e-mail address"
          />
        </label>
        <label>
          Status
          <select name="status">
            <option value="">Any</option>
            {STATUSES.map((status) => (
              <option value={status} selected={status === filter.status}>
                {STATUS_LABELS[status]}
              </option>
            ))}
          </select>
        </label>
        <label>
          State machine
          <select name="machine">
            <option value="">Any</option>
            {stateMachines.map(({ name }) => (
              <option value={name} selected={name === filter.machine}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Filter</button>
        {(filter.search || filter.status || filter.machine) && <a href="/console">Clear</a>}
      </form>
    </search>
  );
}

export interface ExecutionTableProps {
  readonly executions: readonly Execution[];
  readonly directory: Directory;
  readonly label: string;
  /** Of which the page tells, so that it needs no link. */
  readonly current?: Execution;
  /** In ms since 1970. */
  readonly now: number;
}

/** Executions, one a row. */
export function ExecutionTable({ executions, directory, label, current, now }: ExecutionTableProps) {
  return (
    <Table
      label={label}
      columns={['Status', 'Name', 'User', 'Started', 'Duration', 'Retries']}
      empty="No executions."
      rows={executions.map((execution) => {
        const { executionArn, name, status, error, startDate, stopDate } = execution;
        const user = userOf(execution);
        return {
          key: executionArn,
          cells: [
            <>
              <StatusBadge status={status} /> {error && <span class="note">{error}</span>}
            </>,
            <>
              {execution === current ? (
                <span aria-current="page">{name}</span>
              ) : (
                <a href={hrefOf(execution)}>{name}</a>
              )}
              <span class="note">{machineNameOf(execution)}</span>
            </>,
            user ? <User {...user} email={directory.get(user.sub)} /> : '–',
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

function listHref(filter: Partial<ExecutionFilter>): string {
  const { page = 1, ...rest } = filter;
  const query = Object.entries({ ...rest, ...(page > 1 && { page: String(page) }) }).filter(
    ([, value]) => value,
  );
  return query.length > 0 ? `/console?${new URLSearchParams(query as [string, string][])}` : '/console';
}

/** The executions of one user. */
export function executionsOfUserHref(sub: string): string {
  return listHref({ search: sub });
}
