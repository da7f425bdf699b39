import type { Execution } from '../../step-functions/execution';
import type { StateMachine } from '../../step-functions/state-machine';
import { STATUS_LABELS, STATUSES } from '../shared/status';
import { Table } from '../shared/table';
import { statusCounts } from './execution-list';
import { listHref, stateMachineHref } from './links';

interface StateMachineTableProps {
  readonly stateMachines: readonly StateMachine[];
  /** All executions that are known. */
  readonly all: readonly Execution[];
}

/** The state machines with the number of their executions in each status. */
export function StateMachineTable({ stateMachines, all }: StateMachineTableProps) {
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
