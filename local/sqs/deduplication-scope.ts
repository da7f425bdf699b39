import { createHash } from 'node:crypto';
import type { Input } from '../aws/api';

/** The attributes of a queue, as SQS answers them. */
type QueueAttributes = Readonly<Record<string, string>>;

/** The attributes that decide what is a duplicate. */
export const DEDUPLICATION_ATTRIBUTES = ['ContentBasedDeduplication', 'DeduplicationScope'];

/** Between a group and an id: neither can hold a space. */
const SEPARATOR = ' ';

/**
 * The input of SendMessage or SendMessageBatch for the emulator. It finds duplicates in a whole queue, so where the
 * scope is a group, the deduplication ids get the group in front.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
 */
export function withScope(input: Input, attributes: QueueAttributes): Input {
  if (attributes.DeduplicationScope !== 'messageGroup') return input;
  const { Entries } = input;
  return Array.isArray(Entries)
    ? { ...input, Entries: Entries.map((entry: Input) => scoped(entry, attributes)) }
    : scoped(input, attributes);
}

/** The system attributes of a received message, with the deduplication id that its sender gave. */
export function withoutScope(attributes: QueueAttributes): QueueAttributes {
  const { MessageDeduplicationId: id, MessageGroupId } = attributes;
  const start = `${MessageGroupId}${SEPARATOR}`;
  return id?.startsWith(start)
    ? { ...attributes, MessageDeduplicationId: id.slice(start.length) }
    : attributes;
}

/** What lacks a group or an id stays as it is: the emulator refuses it. */
function scoped(message: Input, { ContentBasedDeduplication }: QueueAttributes): Input {
  const { MessageBody, MessageGroupId, MessageDeduplicationId } = message;
  const ofContent = ContentBasedDeduplication === 'true' ? sha256(String(MessageBody)) : undefined;
  const id = MessageDeduplicationId ?? ofContent;
  if (!MessageGroupId || id === undefined) return message;
  return { ...message, MessageDeduplicationId: `${MessageGroupId}${SEPARATOR}${id}` };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
