import type { Hono } from 'hono';
import type { ConsoleContext } from '../shared/context';
import { numberedPage } from '../shared/numbered-page';
import { MailPage } from './mail-page';

const PAGE_SIZE = 50;

/** `GET /mail`: every message that Cognito would have sent, newest first. */
export function addMailRoutes(app: Hono, { services: { cognito }, render }: ConsoleContext): void {
  app.get('/mail', (c) => {
    const search = (c.req.query('search') ?? '').trim();
    const wanted = search.toLowerCase();
    const kept = cognito.messages.list();
    const found = kept.filter(({ to, text }) => `${to}\n${text}`.toLowerCase().includes(wanted)).reverse();
    const page = numberedPage(found, Number(c.req.query('page')), PAGE_SIZE);
    const { added } = cognito.messages;
    const content = (
      <MailPage {...page} total={found.length} kept={kept.length} added={added} search={search} />
    );
    return render(c, { title: 'Mail', section: 'Mail', content });
  });
}
