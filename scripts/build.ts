import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..');

/** Bundles each function of `functions/` into `dist/<name>/index.js`. */
export async function buildFunctions(): Promise<void> {
  const functions = readdirSync(join(root, 'functions')).filter((file) => file.endsWith('.ts'));
  // A bundle whose function is gone must not be deployed.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: functions.map((file) => join('functions', file)),
    outdir: 'dist',
    entryNames: '[name]/index',
    bundle: true,
    minify: true,
    platform: 'node',
    // The local cloud runs the very bundle that is deployed to nodejs24.x, on Node 20 as well.
    target: 'node20',
    // The SDK's ES modules can be tree-shaken, its CommonJS ones cannot.
    mainFields: ['module', 'main'],
    // Lambda provides credentials in the environment; the chain that looks for others is a third of a bundle.
    alias: { '@aws-sdk/credential-provider-node': './functions/shared/no-default-credentials.ts' },
    logLevel: 'warning',
  });
}

if (require.main === module) void buildFunctions();
