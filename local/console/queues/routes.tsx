import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { parse } from '../../aws/parse-body';
import { executionsByUser } from '../executions/history-of-user';
import type { ConsoleContext } from '../shared/context';
import { readDirectory } from '../shared/directory';
import { readQueues } from '../shared/queues';
import { reasonOf } from '../shared/reason';
import { readMoveTasks } from './move-tasks';
import { QueuesPage } from './queues-page';

const RedriveSchema = v.object({ arn: v.string() });

const MessageSchema = v.object({
  queue: v.string(),
  messageId: v.string(),
  action: v.picklist(['retry', 'delete']),
});

type Act = (form: Record<string, unknown>) => Promise<unknown>;

/**
 * - `GET /queues`: the queues with their messages.
 * - `POST /queues/redrive` moves a dead-letter queue's messages back.
 * - `POST /queues/message` retries a message now, or deletes it.
 */
export function addQueueRoutes(app: Hono, context: ConsoleContext): void {
  const { sqs } = context.services;
  const redrive: Act = (form) => {
    const { arn } = parse(RedriveSchema, form, 'a redrive');
    return sqs.perform('StartMessageMoveTask', { SourceArn: arn });
  };
  const act: Act = (form) => {
    const { queue, messageId, action } = parse(MessageSchema, form, 'an action on a message');
    return action === 'retry'
      ? sqs.messages.makeVisible(queue, messageId)
      : sqs.messages.delete(queue, messageId);
  };
  app.get('/queues', (c) => showQueues(c, context));
  app.post('/queues/redrive', (c) => perform(c, context, redrive, 'Not redriven'));
  app.post('/queues/message', (c) => perform(c, context, act, 'Nothing was done'));
}

async function perform(c: Context, context: ConsoleContext, act: Act, otherwise: string) {
  try {
    await act(await c.req.parseBody());
    return c.redirect('/console/queues', 303);
  } catch (error) {
    return showQueues(c, context, `${otherwise}: ${reasonOf(error)}`);
  }
}

async function showQueues(c: Context, { services, outputs, render }: ConsoleContext, error?: string) {
  const queues = await readQueues(services.sqs);
  const props = {
    queues,
    moveTasks: await readMoveTasks(services.sqs, queues),
    handled: (messageId: string) => services.lambda.invocations.isHandling(messageId),
    byUser: executionsByUser(services.stepFunctions.executions),
    directory: await readDirectory(services.cognito),
    error,
    retryQueueArn: outputs().RetryQueueArn,
    now: Date.now(),
  };
  const content = <QueuesPage {...props} />;
  return render(c, { title: 'Queues', section: 'Queues', content, status: error ? 400 : 200 });
}
