import type { Execution } from '../../step-functions/execution';

/** How a state ended, with the same distinctions as the graph of the Step Functions console. */
export type Outcome = 'succeeded' | 'failed' | 'caught' | 'running' | 'aborted' | 'not-reached';

/** The meaning of a colour and an icon; a text always stands beside them. */
type Tone = Outcome | 'warning';

const ICONS: Record<Tone, string> = {
  succeeded: 'M4.8 8.2l2.2 2.2 4.2-4.6',
  failed: 'M5.5 5.5l5 5m0-5l-5 5',
  caught: 'M8 4v5m0 2v1',
  warning: 'M8 4v5m0 2v1',
  running: 'M8 4.2V8l2.6 1.6',
  aborted: 'M5 8h6',
  'not-reached': 'M5 8h.5m2.25 0h.5m2.25 0h.5',
};

/** The words of the Step Functions console. */
export const OUTCOME_LABELS: Record<Outcome, string> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  caught: 'Caught error',
  running: 'In progress',
  aborted: 'Canceled',
  'not-reached': 'Not reached',
};

export const STATUS_LABELS: Record<Execution['status'], string> = {
  RUNNING: 'Running',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  TIMED_OUT: 'Timed out',
  ABORTED: 'Aborted',
};

export const STATUSES = Object.keys(STATUS_LABELS) as Execution['status'][];

const STATUS_TONES: Record<Execution['status'], Tone> = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  ABORTED: 'aborted',
};

/** A sign in a circle, without words. */
export function Icon({ tone, x, y }: { tone: Tone; x?: number; y?: number }) {
  return (
    <svg class={`icon ${tone}`} x={x} y={y} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7.2" />
      <path d={ICONS[tone]} />
    </svg>
  );
}

/** A sign and its words. */
export function Badge({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span class={`badge ${tone}`}>
      <Icon tone={tone} /> {label}
    </span>
  );
}

export function StatusBadge({ status }: { status: Execution['status'] }) {
  return <Badge tone={STATUS_TONES[status]} label={STATUS_LABELS[status]} />;
}
