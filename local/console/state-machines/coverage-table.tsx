import { Name } from '../shared/elements';
import { count } from '../shared/format';
import { Badge } from '../shared/status';
import { Table } from '../shared/table';
import type { CoveredStep } from './coverage';

/** How often each step was taken. */
export function CoverageTable({ steps }: { steps: readonly CoveredStep[] }) {
  return (
    <Table
      label="Steps of the definition"
      columns={['State', 'Step', 'Leads to', 'Taken']}
      empty="The definition has no states."
      rows={steps.map(({ id, kind, from, to, errors, count: taken }) => ({
        key: id,
        cells: [
          steps.find((step) => step.from === from)?.id === id ? (
            <span id={`coverage-${from}`}>
              <Name>{from}</Name>
            </span>
          ) : (
            <Name>{from}</Name>
          ),
          <>
            <strong>{kind}</strong>
            {errors && <span class="note id">{errors.join(', ')}</span>}
          </>,
          kind === 'Retry' ? 'Another attempt' : to === undefined ? 'The end' : <Name>{to}</Name>,
          taken > 0 ? (
            <Badge tone="succeeded" label={count(taken, 'time')} />
          ) : (
            <Badge tone="warning" label="Never" />
          ),
        ],
      }))}
    />
  );
}
