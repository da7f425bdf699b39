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

/** In characters: longer names are broken. */
const LONGEST_WHOLE = 40;

/** A name that stays in one line where there is room for it. */
export function Name({ children }: { children: string }) {
  return <span class={children.length <= LONGEST_WHOLE ? 'id whole' : 'id'}>{children}</span>;
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

interface TabsProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly current: string;
  readonly hrefOf: (name: string) => string;
}

/** Several of a kind, one of which is shown. */
export function Tabs({ label, names, current, hrefOf }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      {names.map((name) => (
        <a href={hrefOf(name)} aria-current={name === current ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
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

/** Says that older entries of a list are gone; nothing if all are kept. */
export function Kept({ kept, added, one }: { kept: number; added: number; one: string }) {
  if (kept >= added) return null;
  return (
    <p class="note">
      The newest {kept.toLocaleString('en-US')} of {count(added, one)} are kept.
    </p>
  );
}
