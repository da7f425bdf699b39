import type { LogLine } from '../../lambda/lambda-options';

/** The levels of Lambda's JSON log format, from the least to the most serious. */
export const LEVELS: readonly string[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** A line of a function's log, read as Lambda's JSON format. */
export interface LogEntry {
  readonly functionName: string;
  /** In ms since 1970. */
  readonly at: number;
  readonly level: string;
  /** Undefined for a line in another format. */
  readonly requestId?: string;
  /** The event, or the message of an error, or the text. */
  readonly title: string;
  /** The other members of the message. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly stackTrace: readonly string[];
  /** The whole line. */
  readonly line: string;
}

/** Reads a line. One that is not JSON is taken for text of the level INFO. */
export function logEntry({ functionName, at, line }: LogLine): LogEntry {
  const { level, requestId, message } = objectIn(line);
  const isText = typeof message === 'string' || message === undefined;
  const { stackTrace, ...rest } = isText ? {} : (Object(message) as Record<string, unknown>);
  return {
    functionName,
    at,
    level: typeof level === 'string' ? level : 'INFO',
    requestId: typeof requestId === 'string' ? requestId : undefined,
    title: String(rest.event ?? rest.errorMessage ?? (isText ? (message ?? line) : functionName)),
    details: rest,
    stackTrace: Array.isArray(stackTrace) ? stackTrace.map(String) : [],
    line,
  };
}

function objectIn(line: string): Record<string, unknown> {
  if (!line.startsWith('{')) return {};
  try {
    return JSON.parse(line);
  } catch {
    // A function can write anything.
    return {};
  }
}
