import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { addAccessRoutes } from './access/routes';
import { serveAssets } from './assets/assets';
import { streamChanges } from './assets/live';
import { addEventRoutes } from './events/routes';
import { addExecutionRoutes } from './executions/routes';
import { addFaultRoutes } from './faults/routes';
import { addLogRoutes } from './logs/routes';
import { addMailRoutes } from './mail/routes';
import { addQueueRoutes } from './queues/routes';
import { addReconciliationRoutes } from './reconciliation/routes';
import { type ConsoleContext, type ConsoleServices, Message, type Render } from './shared/context';
import { Layout } from './shared/layout';
import { addStateMachineRoutes } from './state-machines/routes';
import { addUserRoutes } from './users/routes';

const ROOMS = [
  addUserRoutes,
  addStateMachineRoutes,
  addEventRoutes,
  addReconciliationRoutes,
  addAccessRoutes,
  addMailRoutes,
  addExecutionRoutes,
  addQueueRoutes,
  addLogRoutes,
  addFaultRoutes,
];

/** The pages below `/console`: what the AWS console shows of the services, a mailbox, and the faults. */
export function createConsole(services: ConsoleServices, outputs: ConsoleContext['outputs']): Hono {
  const render: Render = (c, { content, status = 200, ...page }) => {
    const faults = services.faults.list().length;
    return c.html(
      html`<!doctype html>${(
        <Layout {...page} faults={faults} isLive={status === 200}>
          {content}
        </Layout>
      )}`,
      status,
    );
  };
  const app = new Hono();
  app.use(headers, csrf());
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    const content = <Message title="Something went wrong" text={error.message} />;
    return render(c, { title: 'Error', section: 'Executions', content, status: 500 });
  });
  serveAssets(app);
  app.get('/changes', (c) => streamChanges(c, services.changes));
  const context = { services, outputs, render };
  for (const addRoutes of ROOMS) addRoutes(app, context);
  app.all('*', (c) => {
    const content = <Message title="Not found" text={`There is nothing at ${c.req.path}.`} />;
    return render(c, { title: 'Not found', section: 'Executions', content, status: 404 });
  });
  return app;
}

/** Pages load only our own files, and no inline code. `no-referrer` would hide the origin of forms. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
});
