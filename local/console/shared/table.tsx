// biome-ignore-all lint/a11y/noRedundantRoles: a table laid out as blocks loses its roles, unless they are spelled out
import type { Child } from 'hono/jsx';

interface Row {
  /** Identifies the row when other rows are added before it. */
  readonly key: string;
  readonly cells: readonly Child[];
}

interface TableProps {
  /** For those who cannot see what the table is about. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly empty: Child;
  /** Whether the rows are as small as possible on a narrow screen. */
  readonly dense?: boolean;
}

/** A table whose rows become blocks on a narrow screen, so the roles have to be spelled out. */
export function Table({ label, columns, rows, empty, dense }: TableProps) {
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  return (
    <table role="table" aria-label={label} class={dense ? 'dense' : undefined}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th role="columnheader" scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ key, cells }) => (
          <tr role="row" id={`row-${key}`}>
            {cells.map((cell, index) => (
              <td role="cell" data-label={columns[index]}>
                <div>{cell}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
