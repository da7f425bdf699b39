import type { Execution } from '../../step-functions/execution';
import type { HistoryEvent } from '../../step-functions/execution-history';
import { formatDuration } from '../shared/format';
import { Json } from '../shared/json';
import { numberedPage } from '../shared/numbered-page';
import { Paging } from '../shared/paging';
import { Table } from '../shared/table';
import { hrefOf } from './links';

/** The history of a reconciliation can have 25,000 events. */
const EVENTS_PER_PAGE = 100;

interface EventTableProps {
  readonly execution: Execution;
  readonly history: readonly HistoryEvent[];
  /** The name of the state that the page shows. */
  readonly selected: string;
  /** From 1. */
  readonly page: number;
}

/** One page of the history, an event a row. */
export function EventTable({ execution, history, selected, page: wanted }: EventTableProps) {
  const { items, page, pages } = numberedPage(history, wanted, EVENTS_PER_PAGE);
  return (
    <>
      <Table
        dense
        label="Events, oldest first"
        columns={['ID', 'Type', 'State', 'Elapsed', 'Details']}
        empty="No events yet."
        rows={items.map(({ id, type, stateName, timestamp, details }) => ({
          key: `event-${id}`,
          cells: [
            id,
            type,
            stateName ?? '–',
            <time datetime={timestamp} title={timestamp}>
              {formatDuration(Date.parse(timestamp) - execution.startDate)}
            </time>,
            <details>
              <summary>{summaryOf(details)}</summary>
              <Json label={`Details of event ${id}`} value={details} />
            </details>,
          ],
        }))}
      />
      <Paging
        page={page}
        pages={pages}
        href={(number) =>
          `${hrefOf(execution)}?tab=events&state=${encodeURIComponent(selected)}&events=${number}#events`
        }
      />
    </>
  );
}

function summaryOf({ error, retry }: Record<string, unknown>): string {
  if (typeof error === 'string') return error;
  return typeof retry === 'number' && retry > 0 ? `Retry ${retry}` : 'Details';
}
