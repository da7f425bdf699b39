import type { QueuedMessage } from '../../sqs/queued-message';
import type { Sqs } from '../../sqs/sqs';

/** A message that waits in a queue: usually a user. */
export interface WaitingUser extends QueuedMessage {
  /** Undefined if the message is not a confirmed user. */
  readonly sub?: string;
}

/** A queue with the messages that wait in it; the next one comes first. */
export interface QueueView {
  readonly name: string;
  readonly arn: string;
  /** Whether another queue moves the messages that it gives up to this one. */
  readonly isDeadLetterQueue: boolean;
  readonly waiting: readonly WaitingUser[];
}

/** Looks into all queues without receiving anything. */
export async function readQueues(sqs: Sqs): Promise<QueueView[]> {
  const { QueueUrls = [] } = await sqs.perform<{ QueueUrls?: string[] }>('ListQueues', {});
  const attributes = await Promise.all(QueueUrls.map((url) => attributesOf(sqs, url)));
  const deadLetterQueues = new Set(
    attributes.map(({ RedrivePolicy = '{}' }) => JSON.parse(RedrivePolicy).deadLetterTargetArn),
  );
  const queues = attributes.map(async ({ QueueArn: arn = '' }) => {
    const name = arn.split(':')[5] ?? '';
    const messages = (await sqs.look(name)) ?? [];
    const waiting = messages
      .map((message) => ({ ...message, sub: subIn(message) }))
      .sort((a, b) => (a.visibleAt ?? '').localeCompare(b.visibleAt ?? ''));
    return { name, arn, isDeadLetterQueue: deadLetterQueues.has(arn), waiting };
  });
  // Retry queues come before dead-letter queues.
  return (await Promise.all(queues)).sort(
    (a, b) => Number(a.isDeadLetterQueue) - Number(b.isDeadLetterQueue) || a.name.localeCompare(b.name),
  );
}

async function attributesOf(sqs: Sqs, QueueUrl: string): Promise<Record<string, string>> {
  const input = { QueueUrl, AttributeNames: ['All'] };
  return (await sqs.perform<{ Attributes: Record<string, string> }>('GetQueueAttributes', input)).Attributes;
}

function subIn({ body }: QueuedMessage): string | undefined {
  try {
    const { sub } = Object(JSON.parse(body)) as { sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    // Anybody can send anything to a queue.
    return undefined;
  }
}
