import { Kept, SearchField, Section } from '../shared/elements';
import { LEVELS, type LogEntry } from '../shared/log-entry';
import { LogTable } from '../shared/log-table';
import type { LogFilter } from './log-filter';

/** How many lines are shown. */
const SHOWN = 200;

interface LogsPageProps {
  readonly functionNames: readonly string[];
  readonly filter: LogFilter;
  /** Newest first. */
  readonly entries: readonly LogEntry[];
  /** How many lines are kept, and how many were written. */
  readonly kept: number;
  readonly added: number;
}

/** What the functions write, while they write it. */
export function LogsPage({ functionNames, filter, entries, kept, added }: LogsPageProps) {
  const isFiltered = Object.values(filter).some(Boolean);
  return (
    <>
      <h1>Logs</h1>
      <Section id="lines" title={titleOf(entries.length)}>
        <search>
          <form class="filter" method="get" action="/console/logs">
            <SearchField search={filter.search} />
            <Choice name="function" label="Function" values={functionNames} chosen={filter.functionName} />
            <Choice name="level" label="Level, at least" values={LEVELS} chosen={filter.level} />
            <button type="submit">Filter</button>
            {isFiltered && <a href="/console/logs">Clear</a>}
          </form>
        </search>
        <Kept kept={kept} added={added} one="line" />
        <LogTable
          entries={entries.slice(0, SHOWN)}
          label="Lines, newest first"
          empty={isFiltered ? 'No line matches.' : 'No function has written anything yet.'}
        />
      </Section>
    </>
  );
}

function titleOf(total: number): string {
  return total > SHOWN ? `The newest ${SHOWN} of ${total.toLocaleString('en-US')} lines` : `Lines (${total})`;
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly chosen: string;
}

function Choice({ name, label, values, chosen }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">Any</option>
        {values.map((value) => (
          <option value={value} selected={value === chosen}>
            {value}
          </option>
        ))}
      </select>
    </label>
  );
}
