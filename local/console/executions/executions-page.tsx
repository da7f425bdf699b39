import type { Execution } from '../../step-functions/execution';
import type { StateMachine } from '../../step-functions/state-machine';
import type { Directory } from '../shared/directory';
import { Paging, SearchField, Section, Table } from '../shared/elements';
import { count } from '../shared/format';
import { STATUS_LABELS } from '../shared/status';
import { type ExecutionFilter, type ExecutionPage, statusCounts } from './execution-list';
import { ExecutionTable } from './execution-table';

const STATUSES = Object.keys(STATUS_LABELS) as Execution['status'][];

interface ExecutionsPageProps {
  readonly stateMachines: readonly StateMachine[];
  readonly all: readonly Execution[];
  /** How many executions of a state machine, by its ARN, were started. */
  readonly startedBy: (stateMachineArn: string) => number;
  readonly filter: ExecutionFilter;
  readonly page: ExecutionPage;
  readonly directory: Directory;
  /** In ms since 1970. */
  readonly now: number;
}

export function ExecutionsPage(props: ExecutionsPageProps) {
  const { stateMachines, all, startedBy, filter, page, directory, now } = props;
  const { total } = page;
  const started = stateMachines.reduce((sum, one) => sum + startedBy(one.stateMachineArn), 0);
  return (
    <>
      <h1>Executions</h1>
      <Section id="state-machines" title="State machines">
        <StateMachines stateMachines={stateMachines} all={all} />
      </Section>
      <Section id="executions" title={`Executions (${total.toLocaleString('en-US')})`}>
        <FilterForm filter={filter} stateMachines={stateMachines} />
        {all.length < started && (
          <p class="note">
            The newest {all.length.toLocaleString('en-US')} of {count(started, 'execution')} are kept.
          </p>
        )}
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

/** The state machines with the number of their executions in each status. */
export function StateMachines({ stateMachines, all }: Pick<ExecutionsPageProps, 'stateMachines' | 'all'>) {
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
        const link = <a href={stateMachineHref(name)}>{name}</a>;
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
        <SearchField search={filter.search} />
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

/** The page of a state machine. */
export function stateMachineHref(name: string): string {
  return `/console/state-machines/${encodeURIComponent(name)}`;
}

/** The list of executions with a filter. */
export function listHref(filter: Partial<ExecutionFilter>): string {
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
