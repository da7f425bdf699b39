// The search of `modules.cjs` for `import`: Node's own takes the packages above the function's code.
// See https://nodejs.org/api/module.html#customization-hooks
import { createRequire, isBuiltin } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const { moduleFinder } = createRequire(import.meta.url)('./modules.cjs');

let finder;

export function initialize(sources) {
  finder = moduleFinder(sources);
}

export async function resolve(specifier, context, next) {
  const isPackage = !/^[./]|^\w+:/.test(specifier) && !isBuiltin(specifier);
  if (!isPackage || !isOwn(context.parentURL)) return next(specifier, context);
  const resolved = await next(specifier, context).catch(() => undefined);
  if (isOwn(resolved?.url)) return resolved;
  const found = finder.findElsewhere(specifier);
  if (!found) throw finder.notFound(specifier);
  return next(pathToFileURL(found).href, context);
}

function isOwn(url) {
  return url?.startsWith('file:') && finder.rootOf(fileURLToPath(url)) !== undefined;
}
