import { Facts, Json, Section, Table, Ticking } from '../shared/elements';
import { formatDuration } from '../shared/format';
import { Badge, OUTCOME_LABELS } from '../shared/status';
import type { State } from './graph-layout';
import { type Attempt, retriesOf, type StateResult } from './state-results';

interface StateDetailsProps {
  readonly state: State;
  readonly result: StateResult;
  /** In ms since 1970. */
  readonly now: number;
}

/** The details of a state in an execution. */
export function StateDetails({ state, result, now }: StateDetailsProps) {
  const { name, outcome, visits, attempts, input, output, error, cause } = result;
  return (
    <Section id="state" title={name}>
      <Badge tone={outcome} label={OUTCOME_LABELS[outcome]} />
      {state.Comment && <p class="comment">{state.Comment}</p>}
      <Facts
        facts={{
          Error: error && <strong class="error">{error}</strong>,
          Cause: cause && <Cause cause={cause} />,
          Type: state.Type,
          Duration: durationOf(result, now),
          Attempts: attempts.length > 0 ? attempts.length : undefined,
          Retries: attempts.length > 0 ? retriesOf(result) : undefined,
          Visits: visits > 1 ? `${visits}; this is the last` : undefined,
        }}
      />
      {attempts.length > 0 && error && (
        <Attempts attempts={attempts} enteredAt={result.enteredAt} now={now} />
      )}
      {visits > 0 ? (
        <>
          <h3>Input</h3>
          <Json label={`Input of ${name}`} value={input} />
          <h3>Output</h3>
          {output === undefined ? (
            <p class="empty">No output.</p>
          ) : (
            <Json label={`Output of ${name}`} value={output} />
          )}
        </>
      ) : (
        <p class="empty">This execution did not come here.</p>
      )}
      <details>
        <summary>Definition of {name}</summary>
        <Json label={`Definition of ${name}`} value={state} />
      </details>
    </Section>
  );
}

function durationOf({ enteredAt, exitedAt }: StateResult, now: number) {
  if (enteredAt === undefined) return undefined;
  return exitedAt === undefined ? <Ticking ms={now - enteredAt} /> : formatDuration(exitedAt - enteredAt);
}

function Attempts({
  attempts,
  enteredAt = 0,
  now,
}: {
  attempts: readonly Attempt[];
  enteredAt?: number;
  now: number;
}) {
  return (
    <Table
      label="Attempts"
      columns={['Attempt', 'Began after', 'Duration', 'Result']}
      empty="None."
      rows={attempts.map(({ startedAt, endedAt, error }, index) => ({
        key: `attempt-${index}`,
        cells: [
          index + 1,
          formatDuration(startedAt - enteredAt),
          endedAt === undefined ? <Ticking ms={now - startedAt} /> : formatDuration(endedAt - startedAt),
          endedAt === undefined ? 'In progress' : (error ?? 'Succeeded'),
        ],
      }))}
    />
  );
}

/** A function's error comes as JSON; a person wants to read its message first. */
export function Cause({ cause }: { cause: string }) {
  const parsed = parseObject(cause);
  if (!parsed) return <span class="cause">{cause}</span>;
  return (
    <>
      {typeof parsed.errorMessage === 'string' && <span class="cause">{parsed.errorMessage}</span>}
      <details>
        <summary>The function's answer</summary>
        <Json label="Cause" value={parsed} />
      </details>
    </>
  );
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Other services answer plain text.
    return undefined;
  }
}
