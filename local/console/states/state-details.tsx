import type { State } from '../graph/graph-layout';
import { retriesOf, type StateResult } from '../graph/state-results';
import { Facts, Section, Ticking } from '../shared/elements';
import { formatDuration } from '../shared/format';
import { Json } from '../shared/json';
import { Badge, OUTCOME_LABELS } from '../shared/status';
import { Attempts, type LoggedAttempt } from './attempts';
import { Cause, placeIn } from './cause';
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
          'Line of code': cause === undefined ? undefined : placeIn(cause),
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
