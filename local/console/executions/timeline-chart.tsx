import type { Invocation } from '../../lambda/invocations';
import type { Execution } from '../../step-functions/execution';
import { Name, Ticking } from '../shared/elements';
import { formatDuration } from '../shared/format';
import { invocationHref } from '../shared/log-table';
import { Table } from '../shared/table';
import { type Span, type TimelineAttempt, type Visit, waitsIn } from './timeline';

export interface TimelineChartProps {
  readonly execution: Execution;
  readonly visits: readonly Visit[];
  readonly invocationOf: (attempt: TimelineAttempt) => Invocation | undefined;
  /** In ms since 1970. */
  readonly now: number;
}

interface Line {
  readonly label: string;
  readonly kind: 'visit' | 'attempt' | 'wait';
  readonly span: Span;
  readonly note?: string;
  readonly isFailed?: boolean;
  readonly requestId?: string;
}

/** In the unit of the bars' view box. */
const WIDTH = 1000;

/** When each state ran and each task was tried, on one scale. */
export function TimelineChart({ execution, visits, invocationOf, now }: TimelineChartProps) {
  const { startDate, stopDate = now } = execution;
  const lines = visits.flatMap((visit) => linesOf(visit, invocationOf));
  return (
    <Table
      label="Timeline"
      columns={['State', 'Began after', 'Duration', 'Timeline']}
      empty="No state was entered yet."
      rows={lines.map(({ label, kind, span, note, requestId, isFailed }, index) => ({
        key: `timeline-${index}`,
        cells: [
          <>
            {kind === 'visit' ? (
              <strong>
                <Name>{label}</Name>
              </strong>
            ) : (
              <span class="step">{label}</span>
            )}
            {note && (
              <span class={isFailed ? 'note error' : 'note'}>
                <Name>{note}</Name>
              </span>
            )}
            {requestId && (
              <a class="note" href={invocationHref(requestId)} aria-label={`Invocation ${requestId}`}>
                Invocation
              </a>
            )}
          </>,
          formatDuration(span.from - startDate),
          duration(span, execution.stopDate, now),
          <Bar span={span} kind={kind} isFailed={isFailed} begin={startDate} end={stopDate} />,
        ],
      }))}
    />
  );
}

function linesOf(visit: Visit, invocationOf: TimelineChartProps['invocationOf']): Line[] {
  const attempts = visit.attempts.map((attempt, index): Line => {
    const invocation = invocationOf(attempt);
    const notes = [attempt.error, invocation?.coldStart ? 'Cold start' : undefined];
    return {
      label: `Attempt ${index + 1}`,
      kind: 'attempt',
      span: attempt,
      note: notes.filter(Boolean).join(' · ') || undefined,
      isFailed: attempt.error !== undefined,
      requestId: invocation?.requestId,
    };
  });
  const waits = waitsIn(visit).map((span): Line => ({ label: 'Wait', kind: 'wait', span }));
  const inOrder = [...attempts, ...waits].sort((a, b) => a.span.from - b.span.from);
  return [{ label: visit.name, kind: 'visit', span: visit }, ...inOrder];
}

function duration({ from, to }: Span, stopDate: number | undefined, now: number) {
  const end = to ?? stopDate;
  return end === undefined ? <Ticking ms={now - from} /> : formatDuration(end - from);
}

interface BarProps {
  readonly span: Span;
  readonly kind: Line['kind'];
  readonly isFailed?: boolean;
  readonly begin: number;
  readonly end: number;
}

function Bar({ span: { from, to }, kind, isFailed, begin, end }: BarProps) {
  const scale = WIDTH / Math.max(1, end - begin);
  const x = Math.min(WIDTH - 4, (from - begin) * scale);
  const width = Math.max(4, ((to ?? end) - from) * scale);
  return (
    <svg class="bar" viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
      <rect class={isFailed ? `${kind} failed` : kind} x={x} y="0" width={width} height="14" />
    </svg>
  );
}
