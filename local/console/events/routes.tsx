import type { Hono } from 'hono';
import type { ConsoleContext } from '../shared/context';
import { Json, Paging, Section, Table, Timestamp } from '../shared/elements';
import { numberedPage } from '../shared/numbered-page';

const PAGE_SIZE = 50;

/** `GET /events`: what was put on an event bus, newest first. */
export function addEventRoutes(app: Hono, { services: { events }, render }: ConsoleContext): void {
  app.get('/events', (c) => {
    const all = events.list();
    const { items, page, pages } = numberedPage(all.toReversed(), Number(c.req.query('page')), PAGE_SIZE);
    const content = (
      <>
        <h1>Events</h1>
        <Section id="events" title={`Events (${all.length.toLocaleString('en-US')})`}>
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
    return render(c, { title: 'Events', section: 'Events', content });
  });
}
