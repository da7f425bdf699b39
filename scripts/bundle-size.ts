import type { Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];

/** How many bytes a bundle loads before its handler can be called. */
export function loadedBytes(outputs: Outputs): number {
  return sizeOf(outputs, reachable(outputs, ['import-statement']));
}

/** Files that are never loaded: esbuild writes them for an `import()` that it later drops as unused. */
export function unusedFiles(outputs: Outputs): string[] {
  const used = reachable(outputs, ['import-statement', 'dynamic-import']);
  // A source map goes with its file.
  return Object.keys(outputs).filter((file) => !used.has(file.replace(/\.map$/, '')));
}

function reachable(outputs: Outputs, kinds: readonly string[]): Set<string> {
  const files = new Set(Object.keys(outputs).filter((file) => file.endsWith('/index.mjs')));
  // The loop also visits the files that it adds to the set.
  for (const file of files) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (path in outputs && kinds.includes(kind)) files.add(path);
    }
  }
  return files;
}

function sizeOf(outputs: Outputs, files: ReadonlySet<string>): number {
  return [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
}
