import { Hono } from 'hono';
import * as v from 'valibot';
import { AwsError } from './aws/api';
import { bodyOf, parse } from './aws/parse-body';
import { clockApi } from './clock-api';
import type { CustomResources } from './cloudformation/custom-resources';
import type { ConsoleServices } from './console/shared/context';
import type { RecordedAccess } from './iam/access-record';
import type { Execution } from './step-functions/execution';

const FederatedSignInSchema = v.strictObject({
  userPoolId: v.string(),
  provider: v.pipe(v.string(), v.regex(/^[\w-]{1,32}$/)),
  attributes: v.optional(v.record(v.string(), v.string()), {}),
});

/** The services that the local cloud's own API reads. */
interface LocalApiSources extends ConsoleServices {
  readonly customResources: CustomResources;
}

/**
 * The local cloud's own API below `/_local`: what a person would look up in the AWS console or in their mail.
 *
 * - `GET /health`
 * - `GET /messages?to=ADDRESS`: the messages delivered, newest first
 * - `GET /executions`, newest first, and `GET /executions/<name>` with its history
 * - `GET /events`: the events that were put, newest first
 * - `GET /logs?function=NAME`: the logs of the functions, oldest first
 * - `GET /queues/<name>`: a queue's messages, without receiving them
 * - `GET /faults`, `PUT /faults` (a list of `Fault`), `DELETE /faults`
 * - `GET /iam`: the requests of roles with the decisions, and the statements that changed no decision
 * - `/clock`: see {@link clockApi}
 * - `GET /schedules`, and `POST /schedules/<name>/run`, which starts the target of a schedule now
 * - `PUT /custom-resources/<request id>`: where a custom resource's function answers CloudFormation
 * - `POST /federated-sign-in` (`{ userPoolId, provider, attributes }`): a sign-in by an identity provider
 */
export function createLocalApi(sources: LocalApiSources): Hono {
  const { cognito, customResources, events, faults, iam, lambda, scheduler, sqs, stepFunctions } = sources;
  const app = new Hono();
  app.onError((error, c) => {
    const { code, status } = error instanceof AwsError ? error : { code: 'InternalFailure', status: 500 };
    return c.json({ error: code, message: error.message }, status as 400);
  });
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/messages', (c) => {
    const to = c.req.query('to');
    const messages = cognito.messages.list().toReversed();
    return c.json(messages.filter((message) => to === undefined || message.to === to));
  });
  app.get('/executions', (c) => c.json(stepFunctions.executions.map(summaryOf).reverse()));
  app.get('/executions/:name', (c) => {
    const name = c.req.param('name');
    const execution = stepFunctions.executions.findLast((candidate) => candidate.name === name);
    if (!execution) return c.json({ message: `there is no execution named ${name}` }, 404);
    const { input, output, error, cause } = execution;
    return c.json({ ...summaryOf(execution), input, output, error, cause, events: execution.history() });
  });
  app.get('/events', (c) => c.json(events.published.list().toReversed()));
  app.get('/logs', (c) => {
    const name = c.req.query('function');
    if (name !== undefined && !lambda.has(name))
      return c.json({ message: `there is no function named ${name}` }, 404);
    return c.json(
      lambda.logs.list().filter(({ functionName }) => name === undefined || functionName === name),
    );
  });
  app.get('/queues/:name', async (c) => {
    const name = c.req.param('name');
    const messages = await sqs.look(name);
    return messages ? c.json(messages) : c.json({ message: `there is no queue named ${name}` }, 404);
  });
  app.get('/iam', (c) => c.json({ decisions: iam.record.list().map(decisionOf), unused: iam.unused() }));
  app.get('/faults', (c) => c.json(faults.list()));
  app.put('/faults', async (c) => {
    faults.set(await bodyOf(c));
    return c.json(faults.list());
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json(faults.list());
  });
  app.route('/clock', clockApi(sources));
  app.get('/schedules', (c) => c.json(scheduler.list()));
  app.post('/schedules/:name/run', async (c) => c.json(await scheduler.run(c.req.param('name'))));
  app.put('/custom-resources/:requestId', async (c) => {
    const requestId = c.req.param('requestId');
    const isExpected = customResources.answer(requestId, await bodyOf(c));
    return isExpected ? c.json({}) : c.json({ message: `nobody waits for an answer to ${requestId}` }, 404);
  });
  app.post('/federated-sign-in', async (c) => {
    const person = parse(FederatedSignInSchema, await bodyOf(c), 'a federated sign-in');
    return c.json({ sub: await cognito.signInFederated(person) });
  });
  return app;
}

function decisionOf({ roleName, request: { action, resource }, decision, count }: RecordedAccess) {
  return {
    role: roleName,
    action,
    resource,
    allowed: decision.allowed,
    ...(decision.statement && { statement: decision.statement.id }),
    count,
  };
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
