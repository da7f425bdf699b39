import { Timestamp } from './elements';
import { Json } from './json';
import type { LogEntry } from './log-entry';
import { ownPlace, readableTrace } from './stack-trace';
import { Badge } from './status';
import { Table } from './table';

const TONES: Record<string, 'failed' | 'warning'> = { FATAL: 'failed', ERROR: 'failed', WARN: 'warning' };

interface LogTableProps {
  readonly entries: readonly LogEntry[];
  readonly label: string;
  readonly empty: string;
  /** The table then does not name the function. */
  readonly isOfOneInvocation?: boolean;
}

/** Lines of logs, one in each row. */
export function LogTable({ entries, label, empty, isOfOneInvocation }: LogTableProps) {
  return (
    <Table
      label={label}
      columns={['Time', 'Level', ...(isOfOneInvocation ? [] : ['Function']), 'Message']}
      empty={empty}
      rows={entries.map((entry) => ({
        key: `line-${entry.at}-${entry.requestId}-${entry.title}`,
        cells: [
          <Timestamp at={entry.at} />,
          <Badge tone={TONES[entry.level] ?? 'not-reached'} label={entry.level} />,
          ...(isOfOneInvocation ? [] : [<Source entry={entry} />]),
          <LogMessage entry={entry} />,
        ],
      }))}
    />
  );
}

function Source({ entry: { functionName, requestId } }: { entry: LogEntry }) {
  return (
    <>
      <span class="value id source">{functionName}</span>
      {requestId && (
        <a class="note" href={invocationHref(requestId)} aria-label={`Invocation ${requestId}`}>
          Invocation
        </a>
      )}
    </>
  );
}

function LogMessage({ entry: { title, details, stackTrace, line } }: { entry: LogEntry }) {
  const { errorType, errorMessage, error } = details as Record<string, string | undefined>;
  const reason = [errorType ?? error, errorMessage === title ? undefined : errorMessage].filter(Boolean);
  return (
    <>
      <strong class="value id">{title}</strong>
      {reason.length > 0 && <span class="error">{reason.join(': ')}</span>}
      {stackTrace.length > 0 && <StackTrace title={title} stackTrace={stackTrace} />}
      {Object.keys(details).length > 0 && (
        <details>
          <summary>Line</summary>
          <Json label={`Line: ${title}`} value={JSON.parse(line)} />
        </details>
      )}
    </>
  );
}

function StackTrace({ title, stackTrace }: Pick<LogEntry, 'title' | 'stackTrace'>) {
  const place = ownPlace(stackTrace);
  return (
    <>
      {place && <span class="note id">at {place}</span>}
      <details>
        <summary>Stack trace</summary>
        {/* biome-ignore lint/a11y/useSemanticElements: a section would need a heading */}
        <pre tabindex={0} role="region" aria-label={`Stack trace of ${title}`}>
          {readableTrace(stackTrace)}
        </pre>
      </details>
    </>
  );
}

/** The page of an invocation. */
export function invocationHref(requestId: string): string {
  return `/console/invocations/${encodeURIComponent(requestId)}`;
}
