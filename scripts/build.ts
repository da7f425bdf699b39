import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { replacedFiles, requiredBuiltins, unregisteredErrors } from './bundle-plugins';
import { loadedBytes, unusedFiles } from './bundle-size';

const root = join(__dirname, '..');

/** The directory from which a deployment takes the bundles. */
const DIST = join(root, 'dist');

/** The functions that a user waits for; their cold starts can follow one another. */
export const SIGN_UP_PATH: readonly string[] = ['post-confirmation', 'add-user-to-group', 'put-user-record'];

/** How much each of them may load before its handler can be called, in bytes. */
const BUDGET = 180_000;

/** Modules that are replaced in every bundle. */
export const ALIASES = {
  // Lambda provides credentials in the environment; the code that looks elsewhere is a third of a bundle.
  '@aws-sdk/credential-provider-node': './functions/aws-client/no-default-credentials.ts',
  // DynamoDB's endpoints are not discovered; the cache for them is a twentieth of a bundle.
  '@aws-sdk/endpoint-cache': './functions/aws-client/no-endpoint-cache.ts',
};

/** The settings of every bundle; each is measured, see `docs/decisions.md`. */
const SETTINGS = {
  absWorkingDir: root,
  entryNames: 'index',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  // The local cloud, also on Node 20, runs the same bundle that is deployed to nodejs24.x.
  target: 'node20',
  // Only ES modules can be split, and can await in Lambda's init.
  format: 'esm',
  // Modules that are imported on demand get their own files, and a cold start does not load those.
  splitting: true,
  chunkNames: '[name]-[hash]',
  minify: true,
  // The SDK's ES modules can be tree-shaken; its CommonJS modules cannot.
  mainFields: ['module', 'main'],
  alias: ALIASES,
  plugins: [requiredBuiltins, replacedFiles, unregisteredErrors],
  // No function has streams; Node would load its web streams for the SDK's question whether a body is one.
  define: { ReadableStream: 'undefined', Blob: 'undefined' },
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

interface BuildFunctionsOptions {
  /**
   * Whether to write a source map beside each file. They are for the local cloud only, and are not deployed.
   *
   * @default false
   */
  readonly sourceMaps?: boolean;
}

/**
 * Bundles each function into `<directory>/<name>/`; a function is a folder of `functions/` with a handler.
 *
 * @param directory is emptied first.
 * @returns what esbuild read and wrote, by the function's name.
 * @throws Error that names a function of the sign-up path that loads more than its budget.
 */
export async function buildFunctions(
  directory = DIST,
  options: BuildFunctionsOptions = {},
): Promise<Record<string, Metafile>> {
  const names = functionNames();
  // The bundle of a deleted function must not be deployed.
  rmSync(directory, { recursive: true, force: true });
  const metafiles = await Promise.all(
    names.map((name) => buildFunction(name, join(directory, name), options)),
  );
  return Object.fromEntries(names.map((name, index) => [name, metafiles[index] as Metafile]));
}

function functionNames(): string[] {
  const folders = readdirSync(join(root, 'functions'));
  return folders.filter((folder) => existsSync(join(root, 'functions', folder, 'handler.ts')));
}

/**
 * Bundles one function.
 *
 * @throws Error as {@link buildFunctions} does.
 */
export async function buildFunction(
  name: string,
  outdir: string,
  { sourceMaps = false }: BuildFunctionsOptions = {},
): Promise<Metafile> {
  const { metafile } = await build({
    ...SETTINGS,
    ...(sourceMaps && { sourcemap: 'linked' }),
    stdin: { contents: entryOf(name), resolveDir: root, sourcefile: `${name}.entry.ts` },
    outdir,
  });
  for (const file of unusedFiles(metafile.outputs)) rmSync(join(root, file));
  if (SIGN_UP_PATH.includes(name)) checkBudget(name, metafile);
  return metafile;
}

/** The functions that a user waits for do the work of their first invocation already in Lambda's init. */
function entryOf(name: string): string {
  if (!SIGN_UP_PATH.includes(name)) return `export { handler } from './functions/${name}/handler';`;
  return `import { prime } from './functions/${name}/handler'; await prime(); export { handler } from './functions/${name}/handler';`;
}

/** @throws Error for a bundle that loads more than its budget. */
export function checkBudget(name: string, { outputs }: Metafile): void {
  const bytes = loadedBytes(outputs);
  if (bytes <= BUDGET) return;
  throw new Error(
    `the bundle of ${name} loads ${bytes} bytes, but ${BUDGET} is its budget: ` +
      'see what it imports with `npx esbuild --analyze`, and import on demand what the common path does not need',
  );
}

if (require.main === module) void buildFunctions();
