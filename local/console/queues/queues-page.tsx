import type { Execution } from '../../step-functions/execution';
import type { Directory } from '../shared/directory';
import { Alert, Section } from '../shared/elements';
import { count } from '../shared/format';
import type { QueueView } from '../shared/queues';
import { Table } from '../shared/table';
import { messageRow } from './message-row';
import type { MoveTask } from './move-tasks';
import { Redrive } from './redrive';

/** How many messages are shown of each queue; the next one comes first. */
const SHOWN = 100;

interface QueuesPageProps {
  readonly queues: readonly QueueView[];
  /** By the ARN of their queue, newest first. */
  readonly moveTasks: ReadonlyMap<string, readonly MoveTask[]>;
  /** Whether a function is at work on a message. */
  readonly handled: (messageId: string) => boolean;
  readonly byUser: ReadonlyMap<string, readonly Execution[]>;
  readonly directory: Directory;
  /** Why the last action was refused. */
  readonly error?: string;
  /** The ARN of the queue in which users wait to be retried, if the stack tells it. */
  readonly retryQueueArn?: string;
  /** In ms since 1970. */
  readonly now: number;
}

export function QueuesPage(props: QueuesPageProps) {
  const { queues, moveTasks, handled, byUser, directory, error, retryQueueArn, now } = props;
  const isRetryQueue = ({ arn }: QueueView) => arn === retryQueueArn;
  return (
    <>
      <h1>Queues</h1>
      {error && <Alert>{error}</Alert>}
      {queues.length === 0 && <p class="empty">This stack has no queues.</p>}
      {queues.map((queue, index) => (
        <Section id={`queue-${index}`} title={titleOf(queue, isRetryQueue(queue))}>
          <p class="note id">{queue.name}</p>
          {queue.isDeadLetterQueue && <Redrive queue={queue} tasks={moveTasks.get(queue.arn) ?? []} />}
          <Table
            label={titleOf(queue, isRetryQueue(queue))}
            columns={['User', 'Reason', 'Waiting for', 'Receives', 'Next attempt', 'Message']}
            empty={emptyText(queue, isRetryQueue(queue))}
            rows={queue.waiting.slice(0, SHOWN).map((message) => {
              const executions = byUser.get(message.sub ?? '') ?? [];
              const isHandled = handled(message.messageId);
              return messageRow({ queue, message, isHandled, executions, directory, now });
            })}
          />
          {queue.waiting.length > SHOWN && (
            <p class="note">
              The first {SHOWN} of {count(queue.waiting.length, 'message')}.
            </p>
          )}
        </Section>
      ))}
    </>
  );
}

function titleOf({ isDeadLetterQueue, waiting }: QueueView, isRetryQueue: boolean): string {
  if (isRetryQueue) return `Retry queue (${count(waiting.length, 'user')} parked)`;
  return `${isDeadLetterQueue ? 'Dead-letter queue' : 'Queue'} (${count(waiting.length, 'message')})`;
}

function emptyText({ isDeadLetterQueue }: QueueView, isRetryQueue: boolean): string {
  if (isRetryQueue) return 'Empty: nobody is parked.';
  return isDeadLetterQueue ? 'Empty: nothing was given up.' : 'Empty.';
}
