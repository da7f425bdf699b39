import type { Execution } from '../../step-functions/state-machine';
import { executionsOfUserHref } from '../executions/executions-page';
import { failedState } from '../executions/history-of-user';
import { hrefOf, NextRetry } from '../executions/story';
import type { Directory } from '../shared/directory';
import { Section, Table, Ticking, Timestamp } from '../shared/elements';
import { count } from '../shared/format';
import type { QueueView, WaitingUser } from '../shared/queues';
import { Badge } from '../shared/status';
import { User } from '../shared/user';

/** How many messages are shown of each queue; the next one comes first. */
const SHOWN = 100;

interface QueuesPageProps {
  readonly queues: readonly QueueView[];
  readonly byUser: ReadonlyMap<string, readonly Execution[]>;
  readonly directory: Directory;
  /** Why the last redrive did not begin. */
  readonly error?: string;
  /** In ms since 1970. */
  readonly now: number;
}

export function QueuesPage({ queues, byUser, directory, error, now }: QueuesPageProps) {
  return (
    <>
      <h1>Queues</h1>
      {error && (
        <p class="alert" role="alert">
          {error}
        </p>
      )}
      {queues.map((queue, index) => (
        <Section id={`queue-${index}`} title={titleOf(queue)}>
          <p class="note id">{queue.name}</p>
          {queue.isDeadLetterQueue && <Redrive queue={queue} />}
          <Table
            label={titleOf(queue)}
            columns={['User', 'Reason', 'Waiting for', 'Receives', 'Next attempt']}
            empty={queue.isDeadLetterQueue ? 'Empty: nobody was given up.' : 'Empty: nobody is parked.'}
            rows={queue.waiting.slice(0, SHOWN).map((message) => {
              const executions = byUser.get(message.sub ?? '') ?? [];
              return {
                key: message.messageId,
                cells: [
                  message.sub ? <Who {...message} sub={message.sub} directory={directory} /> : 'Not a user',
                  <Reason message={message} executions={executions} />,
                  <>
                    <Ticking ms={now - Date.parse(message.sentAt)} />
                    <span class="note">
                      since <Timestamp at={Date.parse(message.sentAt)} />
                    </span>
                  </>,
                  message.receiveCount,
                  queue.isDeadLetterQueue ? (
                    'None until a redrive'
                  ) : (
                    <Next message={message} executions={executions} now={now} />
                  ),
                ],
              };
            })}
          />
          {queue.waiting.length > SHOWN && <p class="note">The first {SHOWN} are shown.</p>}
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

function Redrive({ queue: { arn, waiting } }: { queue: QueueView }) {
  if (waiting.length === 0) return null;
  return (
    <form method="post" action="/console/queues/redrive">
      <input type="hidden" name="arn" value={arn} />
      <button type="submit">Redrive to the retry queue</button>
    </form>
  );
}

function Who({ sub, directory }: { sub: string; directory: Directory }) {
  return (
    <>
      <User sub={sub} username={sub} email={directory.get(sub)} />
      <a href={executionsOfUserHref(sub)} aria-label={`Executions of ${directory.get(sub) ?? sub}`}>
        Executions
      </a>
    </>
  );
}

/** Why a user waits: the error of their last execution that has ended. */
function Reason({ message, executions }: { message: WaitingUser; executions: readonly Execution[] }) {
  if (message.sub === undefined) return 'The message is not a confirmed user.';
  const last = executions.findLast(({ status }) => status !== 'RUNNING');
  if (!last) return 'No execution yet: Step Functions did not answer, or a reconciliation sent the user.';
  if (last.status === 'SUCCEEDED') return 'Onboarded: the message is about to be deleted.';
  const failed = failedState(last);
  return (
    <>
      <a href={hrefOf(last)}>{failed?.error ?? last.error ?? last.status}</a>
      {failed && <span class="note">in {failed.name}</span>}
    </>
  );
}

interface NextProps {
  readonly message: WaitingUser;
  readonly executions: readonly Execution[];
  readonly now: number;
}

function Next({ message: { visibleAt }, executions, now }: NextProps) {
  if (executions.some(({ status }) => status === 'RUNNING'))
    return <Badge tone="running" label="Being retried" />;
  return <NextRetry visibleAt={visibleAt} now={now} />;
}
