import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { ALIASES } from '../../scripts/build';
import { type Mutation, mutated } from './mutation';

const root = join(__dirname, '..', '..');

/** The code of the simulated app as CommonJS: of each function by its folder, and of the interpreter. */
export interface Bundles {
  readonly functions: Readonly<Record<string, string>>;
  readonly interpreter: string;
}

const SETTINGS = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  write: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

const NETWORK = {
  ...ALIASES,
  '@smithy/node-http-handler': './simulation/code/network.ts',
  '@smithy/signature-v4': './simulation/code/unsigned.ts',
};

const ABSENT = Object.fromEntries(
  ['@aws-sdk/client-lambda', '@aws-sdk/credential-providers', 'asl-validator'].map((name) => [
    name,
    './simulation/code/absent.cjs',
  ]),
);

/** Bundles the real handlers, with another network below the SDK, and the interpreter of the definitions. */
export async function bundle(mutations: readonly Mutation[] = []): Promise<Bundles> {
  const folders = readdirSync(join(root, 'functions')).filter((folder) =>
    existsSync(join(root, 'functions', folder, 'handler.ts')),
  );
  const plugins = [mutating(mutations)];
  const handlers = folders.map((folder) =>
    textOf(`./functions/${folder}/handler.ts`, { alias: NETWORK, plugins }),
  );
  const interpreter = await textOf('./simulation/code/interpreter.ts', { alias: ABSENT });
  const functions = (await Promise.all(handlers)).map((text, index) => [folders[index], text]);
  return { interpreter, functions: Object.fromEntries(functions) };
}

async function textOf(entry: string, settings: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...SETTINGS, ...settings, entryPoints: [entry], write: false });
  return outputFiles.map(({ text }) => text).join('');
}

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
