import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { ProgressBar } from '../local/progress';
import { buildFunctions, SIGN_UP_PATH } from '../scripts/build';
import { loadedBytes } from '../scripts/bundle-size';
import { AwsEndpoints } from '../test/support/aws-endpoints';
import { postConfirmationEvent, taskInput } from '../test/support/builders';
import { buildDefaultBundle } from '../test/support/default-bundle';
import { FunctionProcess } from '../test/support/function-process';
import { CpuShare, MEMORY_OF_A_CORE } from './cpu-share';

/** In MB. */
export const MEMORY_SIZES: readonly number[] = [256, 512, 1_024, MEMORY_OF_A_CORE];

/** Invocations after the first, of which the last are warm. */
const WARM_INVOCATIONS = 6;

/** What is compared: functions that are cold one after the other. */
export type Variant = 'ours' | 'unprimed' | 'default' | 'single' | 'floor';

/** Those that the choice of a memory size depends on; the others are measured at this project's. */
const AT_EVERY_SIZE: readonly Variant[] = ['ours', 'default', 'single'];

/** Whether Lambda gives its init a whole core, as is observed, or the function's share, at the worst. */
export type InitModel = 'full core' | 'share';

/** One cold start, and what followed it; times in ms. */
export interface ColdStart {
  readonly variant: Variant;
  readonly name: string;
  readonly memory: number;
  readonly init: InitModel;
  readonly round: number;
  readonly load: number;
  readonly first: number;
  readonly warm: number;
}

/** What a variant's functions load before their handler can be called, in bytes, by name. */
export type BundleSizes = Record<Variant, Record<string, number>>;

export interface ColdStarts {
  readonly sizes: BundleSizes;
  readonly starts: readonly ColdStart[];
  /** Whether a share of a core was enforced, or calculated. */
  readonly shares: 'enforced' | 'calculated';
}

interface Case {
  readonly variant: Variant;
  readonly name: string;
  readonly memory: number;
  readonly init: InitModel;
}

/** Cold starts of every variant, interleaved, so that what else this machine does troubles all alike. */
export async function measureColdStarts(rounds: number): Promise<ColdStarts> {
  const directory = mkdtempSync(join(tmpdir(), 'cold-start-'));
  const endpoints = await AwsEndpoints.start();
  endpoints.answer = ({ action }) =>
    action === 'StartSyncExecution' ? { body: JSON.stringify({ status: 'SUCCEEDED' }) } : {};
  const shares = new Map(MEMORY_SIZES.map((memory) => [memory, CpuShare.create(memory)]));
  try {
    const sizes = await buildVariants(directory);
    const starts: ColdStart[] = [];
    const cases = allCases(sizes);
    const bar = new ProgressBar('cold starts', rounds * cases.length);
    for (let round = 0; round < rounds; round += 1) {
      for (const one of shuffled(cases)) {
        const share = shares.get(one.memory);
        const bundle = join(directory, one.variant, one.name);
        starts.push({ ...one, round, ...(await coldStart(one, bundle, endpoints, share)) });
        bar.advance();
      }
    }
    bar.end();
    return { sizes, starts, shares: [...shares.values()].every(Boolean) ? 'enforced' : 'calculated' };
  } finally {
    endpoints.close();
    for (const share of shares.values()) share?.remove();
    rmSync(directory, { recursive: true });
  }
}

async function buildVariants(directory: string): Promise<BundleSizes> {
  const sizes: BundleSizes = { ours: {}, unprimed: {}, default: {}, single: {}, floor: {} };
  const metafiles = await buildFunctions();
  for (const name of SIGN_UP_PATH) {
    for (const variant of ['ours', 'unprimed'] as const) {
      sizes[variant][name] = loadedBytes(metafiles[name]?.outputs ?? {});
      cpSync(join('dist', name), join(directory, variant, name), { recursive: true });
    }
    const target = join(directory, 'default', name);
    sizes.default[name] = await buildDefaultBundle(`functions/${name}.ts`, target, [defaultClients]);
    sizes.floor[name] = await buildDefaultBundle('bench/references/floor.ts', join(directory, 'floor', name));
  }
  const single = join(directory, 'single', 'single-function');
  sizes.single['single-function'] = await buildDefaultBundle('bench/references/single-function.ts', single);
  return sizes;
}

/** Clients as they are made without a configuration. */
const defaultClients: Plugin = {
  name: 'default-clients',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/aws-client$/ }, () => ({
      path: join(__dirname, 'references', 'default-client.ts'),
    }));
  },
};

function allCases(sizes: BundleSizes): Case[] {
  return Object.entries(sizes).flatMap(([variant, names]) =>
    Object.keys(names).flatMap((name) =>
      MEMORY_SIZES.flatMap((memory) =>
        initModels(variant as Variant, memory).map((init) => ({
          variant: variant as Variant,
          name,
          memory,
          init,
        })),
      ),
    ),
  );
}

function initModels(variant: Variant, memory: number): InitModel[] {
  if (!AT_EVERY_SIZE.includes(variant)) return memory === 512 ? ['full core'] : [];
  // With more memory, the share is so large that the models hardly differ.
  return memory <= 512 ? ['full core', 'share'] : ['full core'];
}

async function coldStart(
  { variant, name, memory, init }: Case,
  bundle: string,
  endpoints: AwsEndpoints,
  share?: CpuShare,
) {
  // Any overridden endpoint, even of no service, switches priming off.
  const unprimed: Record<string, string> = variant === 'unprimed' ? { AWS_ENDPOINT_URL_NONE: 'none' } : {};
  const functionProcess = await FunctionProcess.start({ ...endpoints.variables, ...unprimed });
  // What cannot be enforced is calculated: half a core takes twice as long.
  const factor = share ? 1 : MEMORY_OF_A_CORE / memory;
  const event =
    name === 'post-confirmation' || name === 'single-function' ? postConfirmationEvent() : taskInput();
  try {
    if (init === 'share') share?.add(functionProcess.pid);
    const { time: load } = await functionProcess.load(bundle);
    share?.add(functionProcess.pid);
    const times = [];
    for (let i = 0; i <= WARM_INVOCATIONS; i += 1) {
      const { time, error } = await functionProcess.invoke({ event });
      if (error) throw new Error(`${name} failed: ${error.name}: ${error.message}`);
      times.push(time * factor);
    }
    const [first = 0, ...warm] = times;
    return { load: load * (init === 'share' ? factor : 1), first, warm: mean(warm.slice(-4)) };
  } finally {
    await functionProcess.stop();
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}
