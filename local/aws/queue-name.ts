import { AwsError, type Input } from './api';

const ACTIONS_BY_NAME = ['CreateQueue', 'GetQueueUrl'];
const PATH = /^\/\d{12}\/([\w-]{1,80}(?:\.fifo)?)$/;

/**
 * The name of the queue that a call to SQS is about; undefined if the call names no queue.
 *
 * @throws AwsError InvalidAddress for a URL that is not the URL of a queue.
 */
export function queueNameOf(action: string, { QueueName, QueueUrl }: Input): string | undefined {
  if (ACTIONS_BY_NAME.includes(action)) return typeof QueueName === 'string' ? QueueName : undefined;
  if (typeof QueueUrl !== 'string') return undefined;
  const { pathname = '', search, hash } = URL.canParse(QueueUrl) ? new URL(QueueUrl) : {};
  const [, name] = PATH.exec(pathname) ?? [];
  if (name && !search && !hash) return name;
  throw new AwsError(
    'InvalidAddress',
    `"${QueueUrl}" is not the URL of a queue: it must end in the account and the name, such as /000000000000/retry`,
  );
}
