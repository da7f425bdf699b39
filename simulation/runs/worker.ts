import { readFileSync } from 'node:fs';
import type { App } from '../app/app';
import type { Bundles } from '../code/bundles';
import { compile } from '../code/sandbox';
import { run } from '../world/run';
import type { SimulatedApp } from '../world/world';
import { type Shard, scheduleOf, seedOf } from './shard';

/** An app and its code, as a file for the workers. */
export interface AppFile {
  readonly app: App;
  readonly bundles: Bundles;
}

/** A world that a worker runs. */
export interface Order {
  readonly shard: Shard;
  /** The path of an {@link AppFile}. */
  readonly file: string;
}

const apps = new Map<string, SimulatedApp>();

// A worker must not outlive the run.
process.on('disconnect', () => process.exit());

process.on('message', async ({ shard, file }: Order) => {
  try {
    const simulated = appIn(file);
    const schedule = scheduleOf(shard, simulated.app);
    process.send?.({ outcome: await run(simulated, schedule, seedOf(shard), shard) });
  } catch (error) {
    process.send?.({ error: (error as Error).stack });
  }
});

function appIn(file: string): SimulatedApp {
  const known = apps.get(file);
  if (known) return known;
  const { app, bundles }: AppFile = JSON.parse(readFileSync(file, 'utf8'));
  const simulated = { app, program: compile(bundles) };
  apps.set(file, simulated);
  return simulated;
}
