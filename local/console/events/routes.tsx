import type { Hono } from 'hono';
import type { ConsoleContext } from '../shared/context';
import { numberedPage } from '../shared/numbered-page';
import { EventsPage } from './events-page';

const PAGE_SIZE = 50;

/** `GET /events`: what was put on an event bus, newest first. */
export function addEventRoutes(app: Hono, { services, render }: ConsoleContext): void {
  app.get('/events', (c) => {
    const { published } = services.events;
    const kept = published.list();
    const page = numberedPage(kept.toReversed(), Number(c.req.query('page')), PAGE_SIZE);
    const content = <EventsPage {...page} kept={kept.length} added={published.added} />;
    return render(c, { title: 'Events', section: 'Events', content });
  });
}
