import type { Context, Hono } from 'hono';
import { type ConsoleContext, Message } from '../shared/context';
import { readDirectory } from '../shared/directory';
import { logEntry } from '../shared/log-entry';
import { attemptOf } from './attempt';
import { InvocationPage } from './invocation-page';
import { filteredLines } from './log-filter';
import { LogsPage } from './logs-page';

/**
 * - `GET /logs`: what the functions write.
 * - `GET /invocations/<request ID>`: one run of a function; of several attempts the last, or that of `?attempt=1`.
 */
export function addLogRoutes(app: Hono, context: ConsoleContext): void {
  app.get('/logs', (c) => showLogs(c, context));
  app.get('/invocations/:requestId', (c) => showInvocation(c, context, c.req.param('requestId')));
}

async function showLogs(c: Context, { services: { cognito, lambda }, render }: ConsoleContext) {
  const { function: functionName = '', level = '', search = '' } = c.req.query();
  const filter = { functionName, level, search: search.trim() };
  const directory = await readDirectory(cognito);
  const kept = lambda.logs.list();
  const { functionNames } = lambda;
  const entries = filteredLines(kept, filter, directory);
  const props = { functionNames, filter, entries, kept: kept.length, added: lambda.logs.added };
  return render(c, { title: 'Logs', section: 'Logs', content: <LogsPage {...props} /> });
}

function showInvocation(
  c: Context,
  { services: { lambda, stepFunctions }, render }: ConsoleContext,
  id: string,
) {
  const asked = c.req.query('attempt');
  const attempts = lambda.invocations.withRequestId(id);
  const attempt = attemptOf(attempts, lambda.logs, asked === undefined ? undefined : Number(asked));
  if (!attempt) {
    const text = `There is no invocation ${id}, or it is not among the newest 1,000 any more.`;
    const content = <Message title="Not found" text={text} />;
    return render(c, { title: 'Not found', section: 'Logs', content, status: 404 });
  }
  const { lines } = attempt;
  const named = stepFunctions.executions.filter(({ executionArn }) =>
    lines.some(({ line }) => line.includes(executionArn)),
  );
  const entries = lines.map(logEntry).reverse();
  const props = { attempt, entries, executions: named, now: Date.now() };
  return render(c, { title: `Invocation ${id}`, section: 'Logs', content: <InvocationPage {...props} /> });
}
