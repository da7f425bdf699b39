import pc from 'picocolors';
import type { LogLine } from '../lambda/lambda-options';

const COLOURS = [pc.cyan, pc.magenta, pc.yellow, pc.blue, pc.green];

/** Lambda's JSON log format. */
interface Entry {
  readonly timestamp: string;
  readonly level: string;
  readonly message: unknown;
}

/**
 * A line of a function's log for a terminal: the time, the function, the level and the message. A line that is not
 * in Lambda's JSON format stays as it is.
 */
export function readableLine({ functionName, line }: LogLine): string {
  const entry = entryIn(line);
  const name = colourOf(functionName)(functionName);
  if (!entry) return `${name} ${line}`;
  const level = entry.level === 'ERROR' ? pc.red('ERROR') : entry.level === 'WARN' ? pc.yellow('WARN') : '';
  const parts = [pc.dim(entry.timestamp.slice(11, 19)), name, level, messageOf(entry.message)];
  return parts.filter(Boolean).join(' ');
}

function entryIn(line: string): Entry | undefined {
  try {
    const entry = JSON.parse(line);
    return typeof entry?.timestamp === 'string' && 'message' in entry ? entry : undefined;
  } catch {
    return undefined;
  }
}

function messageOf(message: unknown): string {
  if (typeof message !== 'object' || message === null) return String(message);
  const { event, stackTrace, ...members } = message as Record<string, unknown>;
  const values = Object.entries(members).map(([key, value]) => {
    return `${pc.dim(`${key}=`)}${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
  const trace = Array.isArray(stackTrace) ? stackTrace.map((frame) => `\n    ${String(frame).trim()}`) : [];
  return [event, ...values].filter((part) => part !== undefined).join(' ') + trace.join('');
}

/** A function always has the same colour. */
function colourOf(functionName: string): (text: string) => string {
  const sum = [...functionName].reduce((total, character) => total + character.charCodeAt(0), 0);
  return COLOURS[sum % COLOURS.length] ?? pc.cyan;
}
