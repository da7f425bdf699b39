import type { Execution } from '../../step-functions/execution';
import { retriesOf, type StateResult } from '../graph/state-results';
import { Section, Timestamp } from '../shared/elements';
import { count, formatDuration } from '../shared/format';
import { Badge, OUTCOME_LABELS, StatusBadge } from '../shared/status';
import { Table } from '../shared/table';
import { flowOf } from '../states/data-flow';
import { FlowTable } from '../states/data-flow-tables';
import { hrefOf } from './links';

/** An execution with the results of its states. */
export interface Compared {
  readonly execution: Execution;
  readonly results: ReadonlyMap<string, StateResult>;
}

interface ComparePageProps {
  /** The one that started first comes first. */
  readonly pair: readonly [Compared, Compared];
  /** In ms since 1970. */
  readonly now: number;
}

/** Two executions side by side. */
export function ComparePage({ pair, now }: ComparePageProps) {
  const [first, second] = pair;
  const states = [...new Set(pair.flatMap(({ results }) => [...results.keys()]))];
  return (
    <>
      <h1>Two executions side by side</h1>
      <Section id="states" title="States">
        <Table
          label="States of both executions"
          columns={['State', 'First', 'Second']}
          empty="Neither has entered a state."
          rows={[
            { key: 'execution', cells: ['Execution', ...pair.map((one) => <Summary {...one} now={now} />)] },
            ...states.map((name) => ({
              key: `state-${name}`,
              cells: [
                <strong>{name}</strong>,
                ...pair.map(({ results }) => <Cell result={results.get(name)} now={now} />),
              ],
            })),
          ]}
        />
      </Section>
      {(['input', 'output'] as const).map((what) => (
        <Section id={what} title={what === 'input' ? 'Input' : 'Output'}>
          <FlowTable
            label={`${what} of both executions`}
            before="First"
            after="Second"
            rows={flowOf(first.execution[what], second.execution[what])}
          />
        </Section>
      ))}
    </>
  );
}

function Summary({ execution, now }: Compared & { now: number }) {
  const { name, status, startDate, stopDate = now, error } = execution;
  return (
    <>
      <a class="value id" href={hrefOf(execution)}>
        {name}
      </a>
      <StatusBadge status={status} />
      {error && <span class="note error">{error}</span>}
      <span class="note">
        <Timestamp at={startDate} />, {formatDuration(stopDate - startDate)}
      </span>
    </>
  );
}

function Cell({ result, now }: { result?: StateResult; now: number }) {
  if (!result) return <Badge tone="not-reached" label={OUTCOME_LABELS['not-reached']} />;
  const { outcome, error, enteredAt = now, exitedAt = now } = result;
  const retries = retriesOf(result);
  return (
    <>
      <Badge tone={outcome} label={OUTCOME_LABELS[outcome]} />
      {error && <span class="note error">{error}</span>}
      <span class="note">
        {formatDuration(exitedAt - enteredAt)}
        {retries > 0 && `, ${count(retries, 'retry', 'retries')}`}
      </span>
    </>
  );
}
