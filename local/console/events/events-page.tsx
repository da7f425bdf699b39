import type { PublishedEvent } from '../../events/events';
import { Kept, Section, Timestamp } from '../shared/elements';
import { Json } from '../shared/json';
import { Paging } from '../shared/paging';
import { Table } from '../shared/table';

interface EventsPageProps {
  /** Newest first. */
  readonly items: readonly PublishedEvent[];
  readonly page: number;
  readonly pages: number;
  /** How many are kept, and how many were published. */
  readonly kept: number;
  readonly added: number;
}

/** What was put on the event buses. */
export function EventsPage({ items, page, pages, kept, added }: EventsPageProps) {
  return (
    <>
      <h1>Events</h1>
      <Section id="events" title={`Events (${kept.toLocaleString('en-US')})`}>
        <Kept kept={kept} added={added} one="event" />
        <Table
          label="Events, newest first"
          columns={['Time', 'Event bus', 'Source', 'Detail type', 'Event']}
          empty="Nothing was put on an event bus. The default app has none: see the prop eventBus."
          rows={items.map((event) => ({
            key: event.id,
            cells: [
              <Timestamp at={Date.parse(event.time)} />,
              event.eventBusName,
              event.source,
              event['detail-type'],
              <details>
                <summary>Event</summary>
                <Json label={`Event ${event.id}`} value={event} />
              </details>,
            ],
          }))}
        />
        <Paging page={page} pages={pages} href={(number) => `/console/events?page=${number}`} />
      </Section>
    </>
  );
}
