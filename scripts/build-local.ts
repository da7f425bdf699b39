import { execFile } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(__dirname, '..');
const local = join(root, 'local');

/** What functions and pages load as it is. */
const ASSET = /\.(css|svg|js|cjs|mjs)$/;

/**
 * Builds the package of the local cloud into `local/dist`: each source becomes a CommonJS file, so that a file
 * finds its neighbours where they are in the sources.
 *
 * @throws Error with the compiler's output, if the types of the client cannot be written.
 */
export async function buildLocal(): Promise<void> {
  const outdir = join(local, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  const files = readdirSync(local, { recursive: true, encoding: 'utf8' }).filter(
    (file) => !/^(dist|node_modules)\//.test(file),
  );
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
  await build({
    absWorkingDir: local,
    entryPoints: sources,
    outbase: '.',
    outdir,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  for (const file of files.filter((name) => ASSET.test(name))) cpSync(join(local, file), join(outdir, file));
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', 'tsconfig.local.json'],
    { cwd: root },
  );
}

if (require.main === module) void buildLocal();
