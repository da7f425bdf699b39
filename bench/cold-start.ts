import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgressBar } from '../local/progress';
import { AwsEndpoints } from '../test/support/aws-endpoints';
import { postConfirmationEvent, taskInput } from '../test/support/builders';
import { FunctionProcess } from '../test/support/function-process';
import { buildVariants } from './cold-start-bundles';
import type { BundleSizes, ColdStart, ColdStarts, InitModel, Variant } from './cold-starts';
import { CpuShare, MEMORY_OF_A_CORE } from './cpu-share';

/** In MB. */
export const MEMORY_SIZES: readonly number[] = [256, 512, 1_024, MEMORY_OF_A_CORE];

/** Invocations after the first, of which the last are warm. */
const WARM_INVOCATIONS = 6;

/** Those that the choice of a memory size depends on; the others are measured at this project's. */
const AT_EVERY_SIZE: readonly Variant[] = ['ours', 'default', 'single'];

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
