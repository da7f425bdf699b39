import type { Context, Hono } from 'hono';
import type { Execution } from '../../step-functions/execution';
import { wholeHistory } from '../../step-functions/history-page';
import type { ConsoleContext } from '../shared/context';
import { reasonOf } from '../shared/reason';
import { hrefOf } from './links';

/** Shows an execution, and why something was refused. */
export type ShowExecution = (
  c: Context,
  refused?: { reason: string; input?: string },
) => Response | Promise<Response>;

/**
 * - `GET /executions/<arn>/history.json`: the whole history as GetExecutionHistory answers it.
 * - `POST /executions/<arn>/start` (`input`): starts the state machine again.
 * - `POST /executions/<arn>/stop`.
 */
export function addActionRoutes(app: Hono, { services }: ConsoleContext, show: ShowExecution): void {
  const { stepFunctions, faults } = services;
  const withExecution = (act: (c: Context, execution: Execution) => Promise<Response>) => (c: Context) => {
    const execution = stepFunctions.findExecution(c.req.param('arn') ?? '');
    return execution ? act(c, execution) : show(c);
  };
  app.get(
    '/executions/:arn/history.json',
    withExecution(async (c, execution) => {
      const { stateMachineArn } = execution;
      const { roleArn = '' } =
        stepFunctions.stateMachines.find((one) => one.stateMachineArn === stateMachineArn) ?? {};
      // The API itself refuses Express executions.
      return c.json(wholeHistory(execution, roleArn));
    }),
  );
  app.post(
    '/executions/:arn/start',
    withExecution(async (c, { stateMachineArn }) => {
      const input = String((await c.req.parseBody()).input ?? '');
      try {
        await faults.apply('states:StartExecution');
        const { executionArn } = stepFunctions.startExecution({ stateMachineArn, input });
        return c.redirect(hrefOf({ executionArn }), 303);
      } catch (error) {
        return show(c, { reason: `Not started: ${reasonOf(error)}`, input });
      }
    }),
  );
  app.post(
    '/executions/:arn/stop',
    withExecution(async (c, execution) => {
      try {
        await faults.apply('states:StopExecution');
        // The API itself stops Standard executions only.
        execution.abort({ cause: 'Stopped in the console' });
        return c.redirect(hrefOf(execution), 303);
      } catch (error) {
        return show(c, { reason: `Not stopped: ${reasonOf(error)}` });
      }
    }),
  );
}
