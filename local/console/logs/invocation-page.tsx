import type { Invocation } from '../../lambda/invocations';
import type { Execution } from '../../step-functions/execution';
import { hrefOf } from '../executions/links';
import { Copy, Facts, Section, Ticking, Timestamp } from '../shared/elements';
import { count, formatDuration } from '../shared/format';
import { Json } from '../shared/json';
import type { LogEntry } from '../shared/log-entry';
import { invocationHref, LogTable } from '../shared/log-table';
import { Badge } from '../shared/status';
import type { Attempt } from './attempt';

interface InvocationPageProps {
  readonly attempt: Attempt;
  /** Newest first. */
  readonly entries: readonly LogEntry[];
  /** The executions that its lines name. */
  readonly executions: readonly Execution[];
  /** In ms since 1970. */
  readonly now: number;
}

/** One run of a function: what it got, wrote and answered. */
export function InvocationPage({ attempt, entries, executions, now }: InvocationPageProps) {
  const { invocation, total, hasLostLines } = attempt;
  const { functionName, requestId, startedAt, endedAt, outcome, coldStart } = invocation;
  return (
    <>
      <p class="breadcrumb">
        <a href={`/console/logs?${new URLSearchParams({ function: functionName })}`}>
          Logs of {functionName}
        </a>
      </p>
      <h1 class="id">Invocation {requestId}</h1>
      <Section id="invocation" title="Invocation">
        <Result invocation={invocation} />
        <Facts
          facts={{
            Attempt: total > 1 ? <Attempts {...attempt} /> : undefined,
            Started: <Timestamp at={startedAt} />,
            Duration:
              endedAt === undefined ? <Ticking ms={now - startedAt} /> : formatDuration(endedAt - startedAt),
            'Cold start': coldStart === undefined ? undefined : coldStart ? 'Yes' : 'No',
            'Request ID': (
              <>
                {requestId} <Copy text={requestId} what="request ID" />
              </>
            ),
            Executions:
              executions.length === 0
                ? undefined
                : executions.map((execution) => <a href={hrefOf(execution)}>{execution.name}</a>),
          }}
        />
      </Section>
      <Section id="lines" title={`Log (${entries.length})`}>
        {hasLostLines && entries.length > 0 && (
          <p class="note">Its first lines may be missing: only the newest lines of all functions are kept.</p>
        )}
        <LogTable
          entries={entries}
          label="Lines, newest first"
          empty={hasLostLines ? 'Its lines are not kept any more.' : 'It wrote nothing.'}
          isOfOneInvocation
        />
      </Section>
      <Section id="payload" title="Payload and answer">
        <h3>Payload</h3>
        <Payload invocation={invocation} />
        <h3>Answer</h3>
        {outcome ? (
          <Json label="Answer" value={readable(outcome.payload)} />
        ) : (
          <p class="empty">It has not answered yet.</p>
        )}
      </Section>
    </>
  );
}

function Attempts({ invocation: { requestId }, number, total }: Attempt) {
  const others = Array.from({ length: total }, (_, index) => index + 1).filter((one) => one !== number);
  return (
    <>
      {number} of {total}
      {others.map((other) => (
        <>
          {' · '}
          <a href={`${invocationHref(requestId)}?attempt=${other}`}>Attempt {other}</a>
        </>
      ))}
    </>
  );
}

function Payload({ invocation: { payload, payloadLength } }: { invocation: Invocation }) {
  return (
    <>
      {payload.length < payloadLength && (
        <p class="note">
          The first {payload.length.toLocaleString('en-US')} of {count(payloadLength, 'character')}.
        </p>
      )}
      <Json label="Payload" value={readable(payload)} />
    </>
  );
}

function Result({ invocation: { outcome } }: { invocation: Invocation }) {
  if (!outcome) return <Badge tone="running" label="In progress" />;
  return outcome.failed ? (
    <Badge tone="failed" label="Failed" />
  ) : (
    <Badge tone="succeeded" label="Succeeded" />
  );
}

/** A payload that was cut off is no JSON. */
function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
