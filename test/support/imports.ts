import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = join(__dirname, '..', '..');

/** Finds the names of the imported modules. */
const SPECIFIER = /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*'([^'\s$]+)'/g;

/** A file that imports another one, both as paths from the root. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** The folder of a file. */
export const folderOf = dirname;

/** The source files below some folders of the root. */
export function sourceFiles(folders: readonly string[]): string[] {
  const all = folders.flatMap((folder) => {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    return names.map((name) => join(folder, name));
  });
  return all.filter((file) => /\.([cm]?js|tsx?)$/.test(file) && !/\b(node_modules|local\/dist)\b/.test(file));
}

/** The imports of one file of this project by another. */
export function importsOf(file: string): Import[] {
  const relative = specifiersOf(file).filter((specifier) => specifier.startsWith('.'));
  return relative.map((specifier) => {
    const path = normalize(join(folderOf(file), specifier));
    const extension = ['', '.ts', '.tsx', '.d.ts'].find((end) => isFile(path + end));
    if (extension === undefined) throw new Error(`${file} imports ${specifier}, but there is no such file`);
    return { from: file, to: path + extension };
  });
}

/** The names of the packages that a file imports, without Node's own modules. */
export function packagesOf(file: string): string[] {
  const names = specifiersOf(file).filter((specifier) => !/^(\.|node:)/.test(specifier));
  return names.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
}

/**
 * The imports that a table does not allow, in words.
 *
 * @param table the folders from which a folder may import, besides itself. A folder without a line uses
 * the line of the folder above it.
 * @throws Error naming a folder for which the table has no line.
 */
export function wrongImports(imports: readonly Import[], table: Record<string, readonly string[]>): string[] {
  const allowed = (folder: string): readonly string[] => {
    if (folder === '.') throw new Error('a folder has no line in the table of arrows');
    return table[folder] ?? allowed(folderOf(folder));
  };
  return imports
    .filter(({ from, to }) => folderOf(from) !== folderOf(to))
    .filter(({ from, to }) => !allowed(folderOf(from)).includes(folderOf(to)))
    .map(({ from, to }) => `${from} must not import ${to}`);
}

/** The files that make folders import each other in a circle, in words; undefined if there is no circle. */
export function circleIn(imports: readonly Import[]): string | undefined {
  const between = imports.filter(({ from, to }) => folderOf(from) !== folderOf(to));
  const done = new Set<string>();
  const visit = (folder: string, path: readonly Import[]): string | undefined => {
    const start = path.findIndex(({ from }) => folderOf(from) === folder);
    if (start >= 0)
      return path
        .slice(start)
        .map(({ from, to }) => `${from} imports ${to}`)
        .join(', ');
    if (done.has(folder)) return undefined;
    done.add(folder);
    const arrows = between.filter(({ from }) => folderOf(from) === folder);
    return firstOf(arrows, (arrow) => visit(folderOf(arrow.to), [...path, arrow]));
  };
  return firstOf(between, ({ from }) => visit(folderOf(from), []));
}

function firstOf<T, Found>(items: readonly T[], find: (item: T) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function specifiersOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(SPECIFIER)].map(([, specifier]) => specifier as string);
}

function isFile(path: string): boolean {
  return /\.\w+$/.test(path) && existsSync(join(root, path));
}
