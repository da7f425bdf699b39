import type { Execution } from '../../step-functions/execution';
import { retriesOf, type StateResult } from '../graph/state-results';
import { Ticking } from '../shared/elements';
import { count, formatDuration } from '../shared/format';
import type { QueueView } from '../shared/queues';
import { failedState } from './history-of-user';
import { hrefOf } from './links';

interface StoryProps {
  readonly execution: Execution;
  readonly results: ReadonlyMap<string, StateResult>;
  /** The other executions of the same user, oldest first. */
  readonly others: readonly Execution[];
  readonly queues: readonly QueueView[];
  readonly sub?: string;
  /** In ms since 1970. */
  readonly now: number;
}

/** One or two sentences: what happened, and what comes next. */
export function Story(props: StoryProps) {
  return (
    <p class="story">
      {whatHappened(props)}{' '}
      {props.execution.status !== 'SUCCEEDED' && props.sub && <WhatComesNext {...props} />}
    </p>
  );
}

function whatHappened({ execution, results, now }: StoryProps): string {
  const { status, startDate, stopDate = now } = execution;
  const took = formatDuration(stopDate - startDate);
  const at = [...results.values()].findLast(
    ({ outcome }) => outcome === 'running' || outcome === 'aborted',
  )?.name;
  if (status === 'RUNNING') return `Running${at ? `: ${whatRuns(results.get(at))}` : ''}.`;
  if (status === 'TIMED_OUT') return `Timed out after ${took}${at ? `, in ${at}` : ''}.`;
  if (status === 'ABORTED') return `Aborted after ${took}${at ? `, in ${at}` : ''}.`;
  if (status === 'SUCCEEDED') return `Done in ${took}${afterRetries(results)}.`;
  const failed = failedState(execution);
  if (!failed) return `Failed with ${execution.error}.`;
  const tries = failed.attempts.length > 1 ? ` after ${count(failed.attempts.length, 'attempt')}` : '';
  return `${failed.name} failed with ${failed.error}${tries}.`;
}

function whatRuns(state?: StateResult): string {
  const last = state?.attempts.at(-1);
  if (last?.error) return `${state?.name} failed with ${last.error} and is about to be retried`;
  const retries = state ? retriesOf(state) : 0;
  return `${state?.name}${retries > 0 ? `, retry ${retries}` : ''}`;
}

function afterRetries(results: ReadonlyMap<string, StateResult>): string {
  const retried = [...results.values()].filter((state) => retriesOf(state) > 0);
  const parts = retried.map((state) => `${count(retriesOf(state), 'retry', 'retries')} of ${state.name}`);
  return parts.length > 0 ? `, after ${parts.join(' and ')}` : '';
}

function WhatComesNext({ execution, others, queues, sub, now }: StoryProps) {
  if (execution.status === 'RUNNING') return null;
  const healing = others.find(({ status }) => status === 'SUCCEEDED');
  if (healing) {
    const isLater = healing.startDate >= execution.startDate;
    return (
      <strong>
        {isLater ? 'Healed' : 'No harm done'}:{' '}
        <a href={hrefOf(healing)}>{isLater ? 'a later' : 'an earlier'} execution</a> succeeded.
      </strong>
    );
  }
  const running = others.find(({ status }) => status === 'RUNNING');
  if (running) {
    return (
      <strong>
        Being retried: <a href={hrefOf(running)}>an execution</a> is running.
      </strong>
    );
  }
  for (const { waiting, isDeadLetterQueue } of queues) {
    const message = waiting.find((candidate) => candidate.sub === sub);
    if (!message) continue;
    if (isDeadLetterQueue) {
      return (
        <strong>
          All retries failed: the user is in the dead-letter queue until you{' '}
          <a href="/console/queues">redrive</a> it.
        </strong>
      );
    }
    return (
      <strong>
        Parked; <a href="/console/queues">next retry</a> <NextRetry visibleAt={message.visibleAt} now={now} />
        .
      </strong>
    );
  }
  return (
    <strong>
      The user is in no queue. If they are not onboarded yet, the next reconciliation finds them.
    </strong>
  );
}

/** When a message of the retry queue is next received. */
export function NextRetry({ visibleAt, now }: { visibleAt?: string; now: number }) {
  const wait = visibleAt === undefined ? 0 : Date.parse(visibleAt) - now;
  if (wait <= 0) return <span data-ticking>now</span>;
  return (
    <span>
      in <Ticking ms={Math.ceil(wait / 1000) * 1000} />
    </span>
  );
}
