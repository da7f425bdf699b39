import type { Hono } from 'hono';
import type { ConsoleContext } from '../shared/context';
import { readAccess } from './access';
import { AccessPage } from './access-page';

/** `GET /access`: what the roles asked for, and what they got. */
export function addAccessRoutes(app: Hono, { services: { iam }, render }: ConsoleContext): void {
  app.get('/access', (c) => {
    const { record } = iam;
    const content = <AccessPage roles={readAccess(iam)} kept={record.list().length} added={record.added} />;
    return render(c, { title: 'Access', section: 'Access', content });
  });
}
