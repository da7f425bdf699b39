import { compileFunction } from 'node:vm';

/** A file that can be loaded into any number of processes. */
export type Code = (...globals: unknown[]) => void;

/** The files of a program, by their names. */
export type Program = ReadonlyMap<string, Code>;

/** What each file of a program finds under these names, in this order. */
export const FILE_GLOBALS = ['exports', 'module', 'require'] as const;

/** The platform's names that a process sees in its own way, in this order. */
export const PLATFORM_GLOBALS = [
  'globalThis',
  'global',
  'process',
  'console',
  'simulatedNetwork',
  'Date',
  'Math',
  'performance',
  'crypto',
  'AbortSignal',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
] as const;

/** Files that are compiled already, by their text: programs that differ in one file share the others. */
const compiled = new Map<string, Code>();

/** Compiles files of CommonJS. */
export function compile(files: Readonly<Record<string, string>>): Program {
  return new Map(Object.entries(files).map(([name, text]) => [name, codeOf(name, text)]));
}

function codeOf(filename: string, text: string): Code {
  const globals = [...FILE_GLOBALS, ...PLATFORM_GLOBALS];
  const code = compiled.get(text) ?? (compileFunction(text, globals, { filename }) as unknown as Code);
  compiled.set(text, code);
  return code;
}
