/** What became of one path between two values. */
export interface FlowRow {
  /** Such as `$.confirmedUser.sub`. */
  readonly path: string;
  /** JSON; undefined where there is nothing. */
  readonly before?: string;
  readonly after?: string;
  readonly change: 'Added' | 'Changed' | 'Removed' | 'Same';
}

/** A parameter of a task: the value that it got, and the path or function that the definition takes it from. */
export interface ParameterRow {
  readonly path: string;
  /** Undefined for a value that the definition itself holds. */
  readonly source?: string;
  readonly value?: string;
}

/** Compares two values path by path. */
export function flowOf(before: unknown, after: unknown): FlowRow[] {
  const [old, fresh] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].map((path) => {
    const [was, is] = [old.get(path), fresh.get(path)];
    return { path, before: was, after: is, change: changeOf(was, is) };
  });
}

function changeOf(before?: string, after?: string): FlowRow['change'] {
  if (before === after) return 'Same';
  if (before === undefined) return 'Added';
  return after === undefined ? 'Removed' : 'Changed';
}

/**
 * The parameters of a task, path by path.
 *
 * @param template `Parameters` in the definition.
 * @param parameters their values in an execution.
 */
export function parametersOf(template: unknown, parameters: unknown): ParameterRow[] {
  // Without Parameters, a task gets its whole input.
  if (template === undefined)
    return [...leavesOf(parameters)].map(([path, value]) => ({ path, source: path, value }));
  const sources = new Map(
    [...leavesOf(template)]
      .filter(([path]) => path.endsWith('.$'))
      .map(([path, source]) => [path.slice(0, -'.$'.length), JSON.parse(source) as string]),
  );
  return [...leavesOf(parameters)].map(([path, value]) => {
    const origin = [...sources].find(
      ([from]) => path === from || (/^[.[]/.test(path.slice(from.length)) && path.startsWith(from)),
    );
    return { path, source: origin?.[1], value };
  });
}

/** The values inside a value that hold no others, as JSON by their paths. */
function leavesOf(value: unknown, path = '$'): Map<string, string> {
  if (value === undefined) return new Map();
  const isEmpty = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  if (isEmpty) return new Map([[path, JSON.stringify(value)]]);
  const members = Object.entries(value as object).flatMap(([name, member]) => [
    ...leavesOf(member, Array.isArray(value) ? `${path}[${name}]` : path + stepTo(name)),
  ]);
  return new Map(members);
}

function stepTo(name: string): string {
  return /^\w+(\.\$)?$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
