import { count } from '../shared/format';
import { Table } from '../shared/table';
import type { FlowRow, ParameterRow } from './data-flow';

/** How many paths are shown. */
const SHOWN = 200;

/** In characters. */
const LONGEST_VALUE = 300;

interface FlowTableProps {
  readonly rows: readonly FlowRow[];
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** What became of each path between two values. */
export function FlowTable({ rows, label, before, after }: FlowTableProps) {
  return (
    <>
      <Table
        label={label}
        columns={['Path', before, after, 'Change']}
        empty="There are no data."
        rows={rows.slice(0, SHOWN).map((row) => ({
          key: `${label}-${row.path}`,
          cells: [
            <code class="id">{row.path}</code>,
            <Value json={row.before} />,
            <Value json={row.after} />,
            row.change === 'Same' ? 'Same' : <strong>{row.change}</strong>,
          ],
        }))}
      />
      <CutOff total={rows.length} />
    </>
  );
}

/** Where each parameter came from. */
export function ParameterTable({ rows, label }: { rows: readonly ParameterRow[]; label: string }) {
  return (
    <>
      <Table
        label={label}
        columns={['Path', 'Taken from', 'Value']}
        empty="There are no parameters."
        rows={rows.slice(0, SHOWN).map(({ path, source, value }) => ({
          key: `${label}-${path}`,
          cells: [
            <code class="id">{path}</code>,
            source ? <code class="id">{source}</code> : 'The definition',
            <Value json={value} />,
          ],
        }))}
      />
      <CutOff total={rows.length} />
    </>
  );
}

function Value({ json }: { json?: string }) {
  if (json === undefined) return <>–</>;
  if (json.length <= LONGEST_VALUE) return <code class="id">{json}</code>;
  return (
    <>
      <code class="id">{json.slice(0, LONGEST_VALUE)}…</code>
      <span class="note">
        The first {LONGEST_VALUE} of {count(json.length, 'character')}
      </span>
    </>
  );
}

function CutOff({ total }: { total: number }) {
  if (total <= SHOWN) return null;
  return (
    <p class="note">
      The first {SHOWN} of {count(total, 'path')}.
    </p>
  );
}
