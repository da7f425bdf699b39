import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { ALIASES } from '../../scripts/build';
import { replacedFiles } from '../../scripts/bundle-plugins';
import { type Mutation, mutated } from './mutation';

const root = join(__dirname, '..', '..');

/**
 * The code of the simulated app: files of CommonJS, by their names. `add-user-to-group.js` is the handler of
 * that folder; `interpreter.js` runs the definitions. They share the code that several of them need, because
 * shared code becomes fast sooner.
 */
export type Bundles = Readonly<Record<string, string>>;

const SETTINGS = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  mainFields: ['module', 'main'],
  outdir: 'bundles',
  write: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

const NETWORK = {
  ...ALIASES,
  '@smithy/node-http-handler': './simulation/code/network.ts',
  ...absent('@smithy/signature-v4'),
};

/** Files of `@smithy/core` whose work is done by a file of this folder. */
const REPLACED: Readonly<Record<string, string>> = {
  'MiddlewareStack.js': 'middleware-stack.ts',
  'getSchemaSerdePlugin.js': 'serde.ts',
};

/** The own steps of the apps of a run. */
const OWN_STEPS = ['create-tenant'];

/** Bundles the real handlers, with another network below the SDK, and the interpreter of the definitions. */
export async function bundle(mutations: readonly Mutation[] = []): Promise<Bundles> {
  const folders = readdirSync(join(root, 'functions')).filter((folder) =>
    existsSync(join(root, 'functions', folder, 'handler.ts')),
  );
  const handlers = folders.map((folder) => [folder, `./functions/${folder}/handler.ts`]);
  const steps = OWN_STEPS.map((folder) => [folder, `./simulation/apps/${folder}/handler.ts`]);
  const [functions, interpreter] = await Promise.all([
    filesOf(Object.fromEntries([...handlers, ...steps]), {
      alias: NETWORK,
      plugins: [replacedFiles, replacing, mutating(mutations)],
    }),
    filesOf(
      { interpreter: './simulation/code/interpreter.ts' },
      { alias: absent('@aws-sdk/client-lambda', '@aws-sdk/credential-providers', 'asl-validator') },
    ),
  ]);
  return { ...functions, ...interpreter };
}

async function filesOf(entryPoints: Record<string, string>, settings: BuildOptions): Promise<Bundles> {
  const { outputFiles } = await build({ ...SETTINGS, ...settings, entryPoints, write: false });
  const files = outputFiles.map(async ({ path, text }) => {
    // Only ES modules can be split, and only CommonJS can be loaded into a process of the simulation.
    const { code } = await transform(text, {
      format: 'cjs',
      target: SETTINGS.target,
      supported: { 'dynamic-import': false },
    });
    return [basename(path), code];
  });
  return Object.fromEntries(await Promise.all(files));
}

/** Packages that are bundled, but not used. */
function absent(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, './simulation/code/absent.cjs']));
}

const replacing: Plugin = {
  name: 'replacing',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]@smithy[\\/]core[\\/].*\.js$/ }, ({ path }) => {
      const file = REPLACED[basename(path)];
      return file ? { contents: `export * from ${JSON.stringify(join(__dirname, file))};` } : undefined;
    }),
};

/** Puts the mutations into the files that they are for. */
function mutating(mutations: readonly Mutation[]): Plugin {
  return {
    name: 'mutating',
    setup: ({ onLoad }) =>
      onLoad({ filter: /[\\/]functions[\\/].*\.ts$/ }, ({ path }) => {
        const own = mutations.filter(({ file }) => file === relative(root, path));
        if (own.length === 0) return undefined;
        return { loader: 'ts', contents: own.reduce(mutated, readFileSync(path, 'utf8')) };
      }),
  };
}
