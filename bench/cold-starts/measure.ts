import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgressBar } from '../../local/cli/progress';
import { SIGN_UP_PATH } from '../../scripts/build';
import { AwsEndpoints } from '../../test/support/aws-endpoints';
import { postConfirmationEvent, taskInput } from '../../test/support/builders';
import { FunctionProcess } from '../../test/support/function-process';
import { buildVariants } from './bundles';
import {
  type ColdStart,
  type ColdStarts,
  type InitModel,
  LABELS,
  type Runtime,
  type Variant,
} from './cold-starts';
import { CpuShare, MEMORY_OF_A_CORE } from './cpu-share';
import { deployedNode } from './deployed-node';
import { findPython, type Python, PythonFunction } from './python-function';

/** In MB. */
export const MEMORY_SIZES: readonly number[] = [256, 512, 1_024, MEMORY_OF_A_CORE];

/** How many invocations follow the first; the last ones are warm. */
const WARM_INVOCATIONS = 6;

/** The variants for choosing a memory size; the others are measured only at this project's size. */
const AT_EVERY_SIZE: readonly Variant[] = ['ours', 'default', 'single', 'python'];

const ON_BOTH_RUNTIMES: readonly Variant[] = ['ours', 'before', 'single'];

const PYTHON_REFERENCES: Partial<Record<Variant, string>> = {
  python: join(__dirname, 'references', 'single_function.py'),
  pythonReady: join(__dirname, 'references', 'single_function_ready.py'),
};

interface Case {
  readonly variant: Variant;
  readonly name: string;
  readonly memory: number;
  readonly init: InitModel;
  readonly runtime: Runtime;
}

/**
 * Measures the variants in turns, so that other work on this machine disturbs all of them equally.
 *
 * @param before the directory of earlier bundles to compare with.
 */
export async function measureColdStarts(rounds: number, before?: string): Promise<ColdStarts> {
  // Either may fail, and nothing is left behind before them.
  const python = findPython();
  const deployed = deployedNode();
  const directory = mkdtempSync(join(tmpdir(), 'cold-start-'));
  const endpoints = await AwsEndpoints.start();
  endpoints.answer = ({ action }) =>
    action === 'StartSyncExecution' ? { body: JSON.stringify({ status: 'SUCCEEDED' }) } : {};
  const shares = new Map(MEMORY_SIZES.map((memory) => [memory, CpuShare.create(memory)]));
  const cleanUp = () => {
    endpoints.close();
    for (const share of shares.values()) share?.remove();
    rmSync(directory, { recursive: true });
  };
  // Ctrl-C ends the process before `finally`.
  process.once('exit', cleanUp);
  try {
    const sizes = await buildVariants(directory);
    const starts: ColdStart[] = [];
    const variants = Object.keys(LABELS) as Variant[];
    const cases = variants
      .filter((variant) => python || !(variant in PYTHON_REFERENCES))
      .filter((variant) => before || variant !== 'before')
      .flatMap(casesOf);
    const bar = new ProgressBar('cold starts', rounds * cases.length);
    for (let round = 0; round < rounds; round += 1) {
      for (const one of shuffled(cases)) {
        const share = shares.get(one.memory);
        const bundles = one.variant === 'before' && before ? before : join(directory, one.variant);
        const bundle = PYTHON_REFERENCES[one.variant] ?? join(bundles, one.name);
        const node = one.runtime === 'deployed' ? deployed.executable : process.execPath;
        const start = () => startProcess(one.variant, endpoints, node, python);
        starts.push({ ...one, round, ...(await coldStart(one, start, bundle, share)) });
        bar.advance();
      }
    }
    bar.end();
    const areEnforced = [...shares.values()].every(Boolean);
    const nodes = { deployed: deployed.version, 'at hand': process.versions.node };
    return {
      sizes,
      starts,
      shares: areEnforced ? 'enforced' : 'calculated',
      nodes,
      python: python?.versions,
    };
  } finally {
    process.off('exit', cleanUp);
    cleanUp();
  }
}

function casesOf(variant: Variant): Case[] {
  const names = variant === 'single' || variant in PYTHON_REFERENCES ? ['single-function'] : SIGN_UP_PATH;
  return names.flatMap((name) =>
    MEMORY_SIZES.flatMap((memory) =>
      initModels(variant, memory).flatMap((init) =>
        runtimes(variant, memory, init).map((runtime) => ({ variant, name, memory, init, runtime })),
      ),
    ),
  );
}

function runtimes(variant: Variant, memory: number, init: InitModel): Runtime[] {
  const onBoth = ON_BOTH_RUNTIMES.includes(variant) && memory === 512 && init === 'full core';
  return onBoth ? ['deployed', 'at hand'] : ['deployed'];
}

function initModels(variant: Variant, memory: number): InitModel[] {
  if (!AT_EVERY_SIZE.includes(variant)) return memory === 512 ? ['full core'] : [];
  // With more memory, the share is so large that the two models hardly differ.
  return memory <= 512 ? ['full core', 'share'] : ['full core'];
}

async function startProcess(variant: Variant, { variables }: AwsEndpoints, node: string, python?: Python) {
  if (variant in PYTHON_REFERENCES && python) return PythonFunction.start(python, variables);
  // Any endpoint variable, even one for no real service, switches priming off.
  const unprimed: Record<string, string> = variant === 'unprimed' ? { AWS_ENDPOINT_URL_NONE: 'none' } : {};
  return FunctionProcess.start({ ...variables, ...unprimed }, node);
}

async function coldStart(
  { name, memory, init }: Case,
  start: () => Promise<FunctionProcess | PythonFunction>,
  bundle: string,
  share?: CpuShare,
) {
  const functionProcess = await start();
  // A share that cannot be enforced is calculated: half a core takes twice as long.
  const factor = share ? 1 : MEMORY_OF_A_CORE / memory;
  const event =
    name === 'post-confirmation' || name === 'single-function' ? postConfirmationEvent() : taskInput();
  try {
    if (init === 'share') share?.add(functionProcess.pid);
    const { time: load, error } = await functionProcess.load(bundle);
    if (error) throw new Error(`${name} failed to load: ${error.name}: ${error.message}`);
    share?.add(functionProcess.pid);
    const times = [];
    for (let i = 0; i <= WARM_INVOCATIONS; i += 1) {
      const { time, error } = await functionProcess.invoke({ event });
      if (error) throw new Error(`${name} failed: ${error.name}: ${error.message}`);
      times.push(time * factor);
    }
    const [first = 0, ...warm] = times;
    const inInit = init === 'share' ? factor : 1;
    return { start: functionProcess.startTime, load: load * inInit, first, warm: mean(warm.slice(-4)) };
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
