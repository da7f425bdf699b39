import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const AWS_CLIENT = join(__dirname, '..', 'functions', 'aws-client');

/**
 * Takes Node's own modules by `require`, and not by `import`: an import reads every property of the module, and
 * some properties load more of Node (`crypto.webcrypto`, `process.stdin`, `fs.promises`).
 */
export const requiredBuiltins: Plugin = {
  name: 'required-builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?[a-z_/0-9]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      if (name === 'module' || kind !== 'import-statement' || !builtinModules.includes(name))
        return undefined;
      return { path: name, namespace: 'builtin', sideEffects: false };
    });
    onResolve({ filter: /^require$/, namespace: 'builtin' }, () => ({
      path: 'require',
      namespace: 'builtin',
    }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: path === 'require' ? REQUIRE : requireOf(path),
    }));
  },
};

const REQUIRE =
  "import { createRequire } from 'node:module'; export const load = createRequire(import.meta.url);";

// Every property but `default`, which has a line of its own.
const EXPORTED = /^(?!default$)[A-Za-z_$][\w$]*$/;

/** An ES module with the exports of a built-in one; esbuild drops those that nobody uses. */
function requireOf(name: string): string {
  const properties = Object.keys(require(`node:${name}`)).filter((key) => EXPORTED.test(key));
  return [
    "import { load } from 'require';",
    `const builtin = /* @__PURE__ */ load('node:${name}');`,
    'export default builtin;',
    ...properties.map((key) => `export const ${key} = /* @__PURE__ */ (() => builtin.${key})();`),
  ].join('\n');
}

/** Files of the SDK that no function needs, and what is in the bundles instead. */
const REPLACED = [
  [/[\\/]shared-ini-file-loader[\\/]readFile\.js$/, 'no-config-files.ts'],
  [/[\\/]crc32[\\/]Crc32Node\.js$/, 'no-checksum.ts'],
  [/[\\/]util-body-length[\\/]calculateBodyLength\.js$/, 'body-length.ts'],
] as const;

export const replacedFiles: Plugin = {
  name: 'replaced-files',
  setup: ({ onLoad }) => {
    for (const [filter, file] of REPLACED) {
      const contents = readFileSync(join(AWS_CLIENT, file), 'utf8');
      onLoad({ filter }, () => ({ contents, loader: 'ts' }));
    }
  },
};

/**
 * Leaves out a client's classes of errors, which are a tenth of a bundle, by not making them known to the client.
 * An error then has the class of all errors of its service, and its own name and message as before. Errors that are
 * retried for their class keep it, and so does SQS: its answers name an error as old clients know it, and only the
 * class says the name that it has now.
 */
export const unregisteredErrors: Plugin = {
  name: 'unregistered-errors',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]client-[a-z-]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, ({ path }) => {
      if (path.includes('client-sqs')) return undefined;
      const errors = readFileSync(join(path, '..', '..', 'models', 'errors.js'), 'utf8');
      return { contents: withoutErrors(readFileSync(path, 'utf8'), errors) };
    });
  },
};

function withoutErrors(schemas: string, errors: string): string {
  const retried = [...errors.matchAll(/^export class (\w+)[^}]*\$retryable\b/gm)].map(([, name]) => name);
  return schemas.replace(/^n0_registry\.registerError\(.*, (\w+)\);$/gm, (registration, name) => {
    return retried.includes(name) ? registration : '';
  });
}
