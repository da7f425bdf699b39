import type { Execution } from '../../step-functions/execution';
import type { StateMachine } from '../../step-functions/state-machine';
import type { Directory } from '../shared/directory';
import { Kept, SearchField, Section } from '../shared/elements';
import { Paging } from '../shared/paging';
import { STATUS_LABELS, STATUSES } from '../shared/status';
import type { ExecutionFilter, ExecutionPage } from './execution-list';
import { ExecutionTable } from './execution-table';
import { listHref } from './links';
import { StateMachineTable } from './state-machine-table';

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
        <StateMachineTable stateMachines={stateMachines} all={all} />
      </Section>
      <Section id="executions" title={`Executions (${total.toLocaleString('en-US')})`}>
        <FilterForm filter={filter} stateMachines={stateMachines} />
        <Kept kept={all.length} added={started} one="execution" />
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
