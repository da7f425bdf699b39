import type { Execution } from '../../step-functions/execution';
import type { Directory } from '../shared/directory';
import { Alert, Section, Table, Timestamp } from '../shared/elements';
import { count } from '../shared/format';
import type { QueueView } from '../shared/queues';
import { messageRow } from './message-row';
import type { MoveTask } from './move-tasks';

/** How many messages are shown of each queue; the next one comes first. */
const SHOWN = 100;

interface QueuesPageProps {
  readonly queues: readonly QueueView[];
  /** By the ARN of their queue, newest first. */
  readonly moveTasks: ReadonlyMap<string, readonly MoveTask[]>;
  readonly byUser: ReadonlyMap<string, readonly Execution[]>;
  readonly directory: Directory;
  /** Why the last action was refused. */
  readonly error?: string;
  /** In ms since 1970. */
  readonly now: number;
}

export function QueuesPage({ queues, moveTasks, byUser, directory, error, now }: QueuesPageProps) {
  return (
    <>
      <h1>Queues</h1>
      {error && <Alert>{error}</Alert>}
      {queues.map((queue, index) => (
        <Section id={`queue-${index}`} title={titleOf(queue)}>
          <p class="note id">{queue.name}</p>
          {queue.isDeadLetterQueue && <Redrive queue={queue} tasks={moveTasks.get(queue.arn) ?? []} />}
          <Table
            label={titleOf(queue)}
            columns={['User', 'Reason', 'Waiting for', 'Receives', 'Next attempt', 'Message']}
            empty={queue.isDeadLetterQueue ? 'Empty: nobody was given up.' : 'Empty: nobody is parked.'}
            rows={queue.waiting.slice(0, SHOWN).map((message) => {
              const executions = byUser.get(message.sub ?? '') ?? [];
              return messageRow({ queue, message, executions, directory, now });
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

function titleOf({ isDeadLetterQueue, waiting }: QueueView): string {
  return isDeadLetterQueue
    ? `Dead-letter queue (${count(waiting.length, 'message')})`
    : `Retry queue (${count(waiting.length, 'user')} parked)`;
}

function Redrive({ queue: { arn, waiting }, tasks }: { queue: QueueView; tasks: readonly MoveTask[] }) {
  return (
    <>
      {waiting.length > 0 && (
        <form method="post" action="/console/queues/redrive">
          <input type="hidden" name="arn" value={arn} />
          <button type="submit">Redrive to the retry queue</button>
        </form>
      )}
      {tasks.length > 0 && (
        <Table
          label="Redrives, newest first"
          columns={['Redrive', 'Status', 'Messages moved', 'Failure']}
          empty=""
          rows={tasks.map((task) => ({
            key: `redrive-${task.StartedTimestamp}`,
            cells: [
              <Timestamp at={task.StartedTimestamp} />,
              task.Status,
              task.ApproximateNumberOfMessagesMoved,
              task.FailureReason ?? '–',
            ],
          }))}
        />
      )}
    </>
  );
}
