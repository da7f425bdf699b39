/** The function that a debugger may attach to. */
export interface Inspected {
  readonly isInspected: (functionName: string) => boolean;
  readonly port: number;
}

const DEFAULT_PORT = 9229;

/**
 * Reads the value of `--inspect`: a function's name or a part of it, and a port if it is not 9229.
 *
 * @throws Error for a value that is neither.
 */
export function parseInspected(text: string): Inspected {
  const [, name = '', port = DEFAULT_PORT] = /^([\w-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (!name || Number(port) > 65_535)
    throw new Error(
      `--inspect takes a function as in put-user-record or put-user-record:9230, not "${text}"`,
    );
  return { isInspected: (functionName) => plain(functionName).includes(plain(name)), port: Number(port) };
}

/**
 * The one function of the app that `--inspect` names.
 *
 * @throws Error if there is none, or more than one.
 */
export function inspectedFunction(text: string, functionNames: readonly string[]): string {
  const found = functionNames.filter(parseInspected(text).isInspected);
  const [name] = found;
  if (name !== undefined && found.length === 1) return name;
  const names = (found.length > 0 ? found : functionNames).join(', ');
  throw new Error(
    `--inspect ${text}: ${found.length > 0 ? 'several functions match' : 'no function matches'}: choose one of ${names}`,
  );
}

/** So `put-user-record` finds `Shop-PutUserRecordFunctionA1B2`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
