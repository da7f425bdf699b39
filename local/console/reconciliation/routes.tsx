import type { Context, Hono } from 'hono';
import { type ConsoleContext, Message } from '../shared/context';
import { reasonOf } from '../shared/reason';
import { ReconciliationPage } from './reconciliation-page';
import { runsOf } from './runs';

/** `GET /reconciliation`: its runs; `POST /reconciliation` (`dryRun`, `all`) starts one. */
export function addReconciliationRoutes(app: Hono, context: ConsoleContext): void {
  const { services } = context;
  app.get('/reconciliation', (c) => show(c, context));
  app.post('/reconciliation', async (c) => {
    const { dryRun, all } = await c.req.parseBody();
    const stateMachineArn = reconciliationOf(context);
    // Whoever sends the form without a button gets the harmless one.
    const input = JSON.stringify({ dryRun: dryRun !== 'no', all: all === 'yes' });
    try {
      await services.faults.apply('states:StartExecution');
      services.stepFunctions.startExecution({ stateMachineArn, input });
      return c.redirect('/console/reconciliation', 303);
    } catch (error) {
      return show(c, context, `Not started: ${reasonOf(error)}`);
    }
  });
}

function show(c: Context, context: ConsoleContext, error?: string) {
  const { services, render } = context;
  const stateMachineArn = reconciliationOf(context);
  const page = { title: 'Reconciliation', section: 'Reconciliation' } as const;
  if (!stateMachineArn) {
    const text = 'This app has no reconciliation. It comes with the construct UserOnboarding.';
    return render(c, { ...page, content: <Message title="Reconciliation" text={text} /> });
  }
  const runs = runsOf(services.stepFunctions.executions, stateMachineArn);
  const content = <ReconciliationPage runs={runs} error={error} />;
  return render(c, { ...page, content, status: error ? 400 : 200 });
}

/** The state machine that reconciles: the one of the output, or else the first that calls the function for it. */
function reconciliationOf({ services, outputs }: ConsoleContext): string | undefined {
  const found = services.stepFunctions.stateMachines.find(({ definition }) =>
    Object.hasOwn(JSON.parse(definition).States, 'ReconcileUsers'),
  );
  return outputs().ReconciliationStateMachineArn ?? found?.stateMachineArn;
}
