import { join, relative } from 'node:path';

/** Code of the local cloud itself: it calls the handler. */
const RUNTIME = join(__dirname, '..', '..', 'lambda', 'runtime');

/** Paths below the working directory are shown without it. */
const HERE = join(process.cwd(), '/');

/** In characters. Only minified code has longer lines. */
const LONGEST_LINE = 1_000;

/** A line such as `    at async name (/path/file.ts:47:3)`. */
const PLACE = /^\s+at (?:async )?(?:.* \()?(?:file:\/\/)?(\/[^()]*:\d+:\d+)\)?$/;

/**
 * The innermost place of a stack trace that is code of the app, neither of a library nor of Node.js.
 *
 * @returns for example `functions/add-user-to-group/handler.ts:47:3`; undefined if there is none.
 */
export function ownPlace(stackTrace: readonly string[]): string | undefined {
  const places = stackTrace.flatMap((line) => PLACE.exec(line)?.[1] ?? []);
  if (places.some(isMinified)) return undefined;
  const own = places.find((place) => !place.includes('/node_modules/') && !place.startsWith(RUNTIME));
  return own?.startsWith(HERE) ? relative(HERE, own) : own;
}

/** Without a source map, the code of libraries in a bundle looks like that of the app. */
function isMinified(place: string): boolean {
  return Number(place.split(':').at(-1)) > LONGEST_LINE;
}

/** A stack trace for people: with short paths. */
export function readableTrace(stackTrace: readonly string[]): string {
  return stackTrace.join('\n').replaceAll(HERE, '');
}
