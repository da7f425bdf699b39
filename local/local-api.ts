import { Hono } from 'hono';
import type { Cognito } from './cognito';
import type { Lambda } from './lambda';
import type { Execution, StepFunctions } from './step-functions';

/** What the local cloud's own API looks into. */
export interface LocalApiSources {
  readonly cognito: Cognito;
  readonly lambda: Lambda;
  readonly stepFunctions: StepFunctions;
}

/**
 * The local cloud's own API below `/_local`: what a person would look up in the AWS console or in their mail.
 *
 * - `GET /health`
 * - `GET /messages?to=ADDRESS`: the messages delivered, newest first
 * - `GET /executions`, newest first, and `GET /executions/<name>` with its history
 * - `GET /logs?function=NAME`: what the functions wrote, oldest first
 */
export function createLocalApi({ cognito, lambda, stepFunctions }: LocalApiSources): Hono {
  const app = new Hono();
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/messages', (c) => {
    const to = c.req.query('to');
    return c.json(cognito.messages.filter((message) => to === undefined || message.to === to));
  });
  app.get('/executions', (c) => c.json(stepFunctions.executions.map(summaryOf).reverse()));
  app.get('/executions/:name', (c) => {
    const name = c.req.param('name');
    const execution = stepFunctions.executions.find((candidate) => candidate.name === name);
    if (!execution) return c.json({ message: `there is no execution named ${name}` }, 404);
    const { input, output, error, cause } = execution;
    return c.json({ ...summaryOf(execution), input, output, error, cause, events: execution.history() });
  });
  app.get('/logs', (c) => {
    const name = c.req.query('function');
    return c.json(lambda.logs.filter(({ functionName }) => name === undefined || functionName === name));
  });
  return app;
}

function summaryOf({ name, executionArn, stateMachineArn, status, startDate, stopDate }: Execution) {
  return {
    name,
    executionArn,
    stateMachineArn,
    status,
    startDate: new Date(startDate).toISOString(),
    ...(stopDate !== undefined && { stopDate: new Date(stopDate).toISOString() }),
  };
}
