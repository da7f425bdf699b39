// biome-ignore-all lint/a11y/noRedundantRoles: a table laid out as blocks loses its roles, unless they are spelled out
import type { Child } from 'hono/jsx';
import { count, formatDuration, formatTimestamp } from './format';

/**
 * A time of day. The client writes it in the browser's zone; pointing at it shows the exact time in UTC.
 *
 * @param at in ms since 1970.
 */
export function Timestamp({ at }: { at: number }) {
  const exact = new Date(at).toISOString();
  return (
    <time datetime={exact} title={exact} data-zoned>
      {formatTimestamp(at)}
    </time>
  );
}

/** Copies a text. Without JavaScript, it is not shown. */
export function Copy({ text, what }: { text: string; what: string }) {
  return (
    <button type="button" class="copy" data-copy={text} aria-label={`Copy ${what}`}>
      Copy
    </button>
  );
}

/** Why something that was asked for did not happen. */
export function Alert({ children }: { children?: Child }) {
  return (
    <p class="alert" role="alert">
      {children}
    </p>
  );
}

/** A duration that changes while the page is open: the client reads the page again each second. */
export function Ticking({ ms }: { ms: number }) {
  return <span data-ticking>{formatDuration(ms)}</span>;
}

/** A heading with what belongs to it. */
export function Section({ title, id, children }: { title: Child; id: string; children?: Child }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} class="card">
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** A search for users, and for what belongs to them. */
export function SearchField({ search }: { search: string }) {
  return (
    <label class="wide">
      Search
      <input type="search" name="search" value={search} placeholder="sub, username or e-mail address" />
    </label>
  );
}

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
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A list of terms and their values; undefined values are left out. */
export function Facts({ facts }: { facts: Record<string, Child | undefined> }) {
  return (
    <dl class="facts">
      {Object.entries(facts)
        .filter(([, value]) => value !== undefined)
        .map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** In characters: a page shows no more of a value; the API has all of it. */
const LONGEST_JSON = 50_000;

/** A value as JSON, in a region that can be scrolled with the keyboard, too. */
export function Json({ label, value }: { label: string; value: unknown }) {
  const json = JSON.stringify(value, null, 2) ?? '';
  return (
    <div class="json">
      <Copy text={json} what={label} />
      {/* biome-ignore lint/a11y/useSemanticElements: a section would need a heading */}
      <pre tabindex={0} role="region" aria-label={label}>
        {json.length > LONGEST_JSON
          ? `${json.slice(0, LONGEST_JSON)}\n… the first ${count(LONGEST_JSON, 'character')} of ${json.length.toLocaleString('en-US')}`
          : json}
      </pre>
    </div>
  );
}

/** Links to the other pages of a list. */
export function Paging({
  page,
  pages,
  href,
}: {
  page: number;
  pages: number;
  href: (page: number) => string;
}) {
  if (pages === 1) return null;
  return (
    <nav class="paging" aria-label="Pages">
      {page > 1 && <a href={href(1)}>First</a>}
      {page > 1 && (
        <a href={href(page - 1)} rel="prev">
          Previous
        </a>
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages && (
        <a href={href(page + 1)} rel="next">
          Next
        </a>
      )}
      {page < pages && <a href={href(pages)}>Last</a>}
    </nav>
  );
}
