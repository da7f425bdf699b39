// The search of `runtime-modules.cjs` for `import`: Node's own takes the packages above the function's code.
// See https://nodejs.org/api/module.html#customization-hooks
import { createRequire, isBuiltin } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

let find;

/** Node 20 does not hand the arguments of the process on to the thread of these hooks. */
export function initialize(modules) {
  process.argv[2] = modules;
  ({ find } = createRequire(import.meta.url)('./runtime-modules.cjs'));
}

export async function resolve(specifier, context, next) {
  const { parentURL = '' } = context;
  const isPackage = !/^[./]|^\w+:/.test(specifier) && !isBuiltin(specifier);
  const isOwn = parentURL.startsWith('file:') && find.rootOf(fileURLToPath(parentURL)) !== undefined;
  if (!isPackage || !isOwn) return next(specifier, context);
  const resolved = await next(specifier, context).catch(() => undefined);
  if (resolved && find.rootOf(fileURLToPath(resolved.url)) !== undefined) return resolved;
  const found = find.findElsewhere(specifier);
  if (!found) throw find.notFound(specifier);
  return next(pathToFileURL(found).href, context);
}
