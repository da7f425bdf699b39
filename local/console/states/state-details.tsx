import type { State } from '../graph/graph-layout';
import { retriesOf, type StateResult } from '../graph/state-results';
import { Facts, Json, Section, Ticking } from '../shared/elements';
import { formatDuration } from '../shared/format';
import { Badge, OUTCOME_LABELS } from '../shared/status';
import { Attempts, type LoggedAttempt } from './attempts';
import { StateData } from './state-data';

interface StateDetailsProps {
  readonly state: State;
  readonly result: StateResult;
  /** The attempts of the last visit, with their logs. */
  readonly attempts: readonly LoggedAttempt[];
  /** In ms since 1970. */
  readonly now: number;
}

/** The details of a state in an execution. */
export function StateDetails({ state, result, attempts: logged, now }: StateDetailsProps) {
  const { name, outcome, visits, attempts, error, cause } = result;
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
      {logged.length > 0 && <Attempts attempts={logged} enteredAt={result.enteredAt} now={now} />}
      {visits > 0 ? (
        <StateData state={state} result={result} />
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
