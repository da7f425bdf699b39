import type { LogLine } from '../../lambda/lambda-options';
import type { Directory } from '../shared/directory';
import { LEVELS, type LogEntry, logEntry } from '../shared/log-entry';

/** What the lines are filtered by; an empty text does not filter. */
export interface LogFilter {
  /** The name of a function. */
  readonly functionName: string;
  /** The least serious level to show. */
  readonly level: string;
  /** Part of a line, or of the e-mail address of a user whom a line is about. */
  readonly search: string;
}

/** The lines that match the filter, newest first. */
export function filteredLines(
  lines: readonly LogLine[],
  { functionName, level, search }: LogFilter,
  directory: Directory,
): LogEntry[] {
  const texts = search ? [search.toLowerCase(), ...subsOf(search, directory)] : [''];
  const least = LEVELS.indexOf(level);
  return lines
    .filter((line) => {
      if (functionName && line.functionName !== functionName) return false;
      const text = line.line.toLowerCase();
      return texts.some((wanted) => text.includes(wanted));
    })
    .map(logEntry)
    .filter((entry) => LEVELS.indexOf(entry.level) >= least)
    .reverse();
}

/** Functions log the `sub`, but people know an address. */
function subsOf(search: string, directory: Directory): string[] {
  const wanted = search.toLowerCase();
  return [...directory].filter(([, email]) => email.toLowerCase().includes(wanted)).map(([sub]) => sub);
}
