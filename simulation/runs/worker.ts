import { readFileSync } from 'node:fs';
import { compile, type Program } from '../code/program';
import { type Outcome, run } from '../world/run';
import { type AppsFile, appOf, type Shard, scheduleOf, seedOf } from './shard';

/** A world that a worker runs. */
export interface Order {
  readonly shard: Shard;
  /** The path of an {@link AppsFile}. */
  readonly file: string;
}

interface Loaded {
  readonly apps: AppsFile['apps'];
  readonly program: Program;
}

/** What a worker answers. */
export type Answer =
  | {
      readonly outcome: Outcome;
      /** How much memory the worker has used at most, in kB. */
      readonly memory: number;
    }
  | { readonly error: string };

const files = new Map<string, Loaded>();

/** How many lines of a stack tell where a model is wrong. */
const STACK_LINES = 20;

// A worker must not outlive the run.
process.on('disconnect', () => process.exit());

process.on('message', async (order: Order) => {
  try {
    const outcome = await runWorld(order, 0);
    process.send?.({ outcome, memory: process.resourceUsage().maxRSS });
  } catch {
    process.send?.(await failure(order));
  }
});

/** @param stackLines how many lines of its stack an error gets. Without any, a world takes less time. */
function runWorld({ shard, file }: Order, stackLines: number): Promise<Outcome> {
  const { apps, program } = load(file);
  const app = appOf(shard, apps);
  Error.stackTraceLimit = stackLines;
  return run({ app, program }, scheduleOf(shard, app), seedOf(shard), shard);
}

/** Runs the world again, which ends in the same way, for the stack of its error. */
async function failure(order: Order): Promise<{ error: string }> {
  try {
    await runWorld(order, STACK_LINES);
    return { error: 'a world of the simulation failed, and did not fail again' };
  } catch (error) {
    return { error: String((error as Error).stack) };
  }
}

function load(file: string): Loaded {
  const known = files.get(file);
  if (known) return known;
  const { apps, bundles }: AppsFile = JSON.parse(readFileSync(file, 'utf8'));
  const loaded = { apps, program: compile(bundles) };
  files.set(file, loaded);
  return loaded;
}
