import type { Context, Hono } from 'hono';
import { type ConsoleContext, Message } from '../shared/context';
import { reasonOf } from '../shared/reason';
import { ReconciliationPage } from './reconciliation-page';
import { reconciliationHref, reconciliationsOf } from './reconciliations';
import { runsOf } from './runs';

/**
 * `GET /reconciliation`: its runs; `POST /reconciliation` (`dryRun`, `all`) starts one. Of several, it is the one
 * of `?stateMachine=NAME`, or else the first.
 */
export function addReconciliationRoutes(app: Hono, context: ConsoleContext): void {
  const { services } = context;
  app.get('/reconciliation', (c) => show(c, context));
  app.post('/reconciliation', async (c) => {
    const { dryRun, all } = await c.req.parseBody();
    const { chosen } = choiceOf(c, context);
    if (!chosen) return show(c, context);
    const { stateMachineArn, name } = chosen;
    // Whoever sends the form without a button gets the harmless one.
    const input = JSON.stringify({ dryRun: dryRun !== 'no', all: all === 'yes' });
    try {
      await services.faults.apply('states:StartExecution');
      services.stepFunctions.startExecution({ stateMachineArn, input });
      return c.redirect(reconciliationHref(name), 303);
    } catch (error) {
      return show(c, context, `Not started: ${reasonOf(error)}`);
    }
  });
}

function show(c: Context, context: ConsoleContext, error?: string) {
  const { services, render } = context;
  const { all, chosen } = choiceOf(c, context);
  const page = { title: 'Reconciliation', section: 'Reconciliation' } as const;
  if (!chosen) {
    const text = 'This app has no reconciliation. It comes with the construct UserOnboarding.';
    return render(c, { ...page, content: <Message title="Reconciliation" text={text} /> });
  }
  const runs = runsOf(services.stepFunctions.executions, chosen.stateMachineArn);
  const names = all.map(({ name }) => name);
  const content = <ReconciliationPage name={chosen.name} names={names} runs={runs} error={error} />;
  return render(c, { ...page, content, status: error ? 400 : 200 });
}

function choiceOf(c: Context, context: ConsoleContext) {
  const wanted = c.req.query('stateMachine');
  const all = reconciliationsOf(context);
  return { all, chosen: all.find(({ name }) => name === wanted) ?? all[0] };
}
