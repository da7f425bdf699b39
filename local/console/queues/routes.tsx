import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { AwsError } from '../../aws/api';
import { parse } from '../../aws/parse-body';
import { executionsByUser } from '../executions/history-of-user';
import type { ConsoleContext } from '../shared/context';
import { readDirectory } from '../shared/directory';
import { readQueues } from '../shared/queues';
import { QueuesPage } from './queues-page';

const RedriveSchema = v.object({ arn: v.string() });

/** `GET /queues`: the queues; `POST /queues/redrive` moves a dead-letter queue's messages back. */
export function addQueueRoutes(app: Hono, context: ConsoleContext): void {
  app.get('/queues', (c) => showQueues(c, context));
  app.post('/queues/redrive', async (c) => {
    try {
      const { arn } = parse(RedriveSchema, await c.req.parseBody(), 'a redrive');
      await context.services.sqs.perform('StartMessageMoveTask', { SourceArn: arn });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return showQueues(c, context, error);
    }
    return c.redirect('/console/queues', 303);
  });
}

async function showQueues(c: Context, { services, outputs, render }: ConsoleContext, refused?: AwsError) {
  const props = {
    queues: await readQueues(services.sqs),
    byUser: executionsByUser(services.stepFunctions.executions),
    directory: await readDirectory(services.cognito, outputs().UserPoolId),
    error: refused && `Not redriven: ${refused.message}`,
    now: Date.now(),
  };
  const content = <QueuesPage {...props} />;
  return render(c, { title: 'Queues', section: 'Queues', content, status: refused ? 400 : 200 });
}
