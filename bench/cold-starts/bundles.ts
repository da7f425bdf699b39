import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { buildFunctions, SIGN_UP_PATH } from '../../scripts/build';
import { loadedBytes } from '../../scripts/bundle-size';
import { buildDefaultBundle } from '../../test/support/default-bundle';
import type { BundleSizes } from './cold-starts';

/** Writes the bundles of every variant to `<directory>/<variant>/<function>/`. */
export async function buildVariants(directory: string): Promise<BundleSizes> {
  const sizes: BundleSizes = { ours: {}, unprimed: {}, default: {}, single: {}, floor: {} };
  const bundles = join(directory, 'dist');
  const metafiles = await buildFunctions(bundles);
  for (const name of SIGN_UP_PATH) {
    for (const variant of ['ours', 'unprimed'] as const) {
      sizes[variant][name] = loadedBytes(metafiles[name]?.outputs ?? {});
      cpSync(join(bundles, name), join(directory, variant, name), { recursive: true });
    }
    const target = join(directory, 'default', name);
    sizes.default[name] = await buildDefaultBundle(`functions/${name}/handler.ts`, target, [defaultClients]);
    sizes.floor[name] = await buildDefaultBundle(
      'bench/cold-starts/references/floor.ts',
      join(directory, 'floor', name),
    );
  }
  const single = join(directory, 'single', 'single-function');
  sizes.single['single-function'] = await buildDefaultBundle(
    'bench/cold-starts/references/single-function.ts',
    single,
  );
  return sizes;
}

/** Makes the clients without a configuration, and primes nothing. */
const defaultClients: Plugin = {
  name: 'default-clients',
  setup: ({ onResolve, onEnd }) => {
    let isUsed = false;
    onResolve({ filter: /\/aws-client\/(config|task-client|primed-agent)$/ }, () => {
      isUsed = true;
      return { path: join(__dirname, 'references', 'default-client.ts') };
    });
    onEnd(() => {
      if (!isUsed) throw new Error('no client of the bundle has its default configuration');
    });
  },
};
