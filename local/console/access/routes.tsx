import type { Hono } from 'hono';
import type { ConsoleContext } from '../shared/context';
import { readAccess } from './access';
import { AccessPage } from './access-page';

/** `GET /access`: what the roles asked for, and what they got. */
export function addAccessRoutes(app: Hono, { services: { iam }, render }: ConsoleContext): void {
  app.get('/access', (c) => {
    const content = <AccessPage roles={readAccess(iam)} />;
    return render(c, { title: 'Access', section: 'Access', content });
  });
}
