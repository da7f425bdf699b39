import type { Execution } from '../../step-functions/execution';
import { failedState } from '../executions/history-of-user';
import { executionsOfUserHref, hrefOf } from '../executions/links';
import { NextRetry } from '../executions/story';
import type { Directory } from '../shared/directory';
import { Ticking, Timestamp } from '../shared/elements';
import { Json } from '../shared/json';
import type { QueueView, WaitingUser } from '../shared/queues';
import { Badge } from '../shared/status';
import { User } from '../shared/user';

interface MessageRowProps {
  readonly queue: QueueView;
  readonly message: WaitingUser;
  /** Whether a function is at work on it. */
  readonly isHandled: boolean;
  /** Of the user whom the message is about, oldest first. */
  readonly executions: readonly Execution[];
  readonly directory: Directory;
  /** In ms since 1970. */
  readonly now: number;
}

/** The cells of a message in the table of its queue. */
export function messageRow({ queue, message, isHandled, executions, directory, now }: MessageRowProps) {
  const isRetried =
    isHandled || (!queue.isDeadLetterQueue && executions.some(({ status }) => status === 'RUNNING'));
  return {
    key: message.messageId,
    cells: [
      <Who message={message} directory={directory} />,
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
      ) : isRetried ? (
        <Badge tone="running" label="Being retried" />
      ) : (
        <NextRetry visibleAt={message.visibleAt} now={now} />
      ),
      <>
        <details>
          <summary>Body</summary>
          <Json label={`Body of message ${message.messageId}`} value={readable(message.body)} />
        </details>
        <Actions queue={queue} message={message} mayRetry={!isRetried && message.visibleAt !== undefined} />
      </>,
    ],
  };
}

interface ActionsProps {
  readonly queue: QueueView;
  readonly message: WaitingUser;
  readonly mayRetry: boolean;
}

function Actions({ queue: { name, isDeadLetterQueue }, message: { messageId }, mayRetry }: ActionsProps) {
  return (
    <form class="actions" method="post" action="/console/queues/message">
      <input type="hidden" name="queue" value={name} />
      <input type="hidden" name="messageId" value={messageId} />
      {!isDeadLetterQueue && (
        <button
          type="submit"
          name="action"
          value="retry"
          aria-label={`Retry now: message ${messageId}`}
          disabled={!mayRetry}
        >
          Retry now
        </button>
      )}
      <button type="submit" name="action" value="delete" aria-label={`Delete message ${messageId}`}>
        Delete
      </button>
    </form>
  );
}

function Who({ message: { sub }, directory }: { message: WaitingUser; directory: Directory }) {
  if (sub === undefined) return <>Not a user</>;
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

/** Anybody can send anything to a queue. */
function readable(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
