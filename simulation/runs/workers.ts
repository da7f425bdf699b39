import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Schedule } from '../schedule/schedule';
import type { Outcome } from '../world/run';
import { type AppsFile, appOf, type Shard, scheduleOf } from './shard';
import type { Answer, Order } from './worker';

/** What became of a shard. */
export interface ShardResult {
  readonly shard: Shard;
  readonly outcome: Outcome;
}

/** Runs the worlds of some apps. */
export interface Runner {
  readonly scheduleOf: (shard: Shard) => Schedule;
  readonly run: (shard: Shard) => Promise<Outcome>;
  /** Runs worlds side by side, and yields their results in the order of the worlds. */
  readonly runAll: (shards: readonly Shard[]) => AsyncGenerator<ShardResult, void>;
}

/** Almost everything in a world is short-lived: with more room for it, V8 collects it less often. */
const YOUNG_MEMORY = '--max-semi-space-size=32';

/** Processes that run worlds side by side, one for each core. */
export class Workers {
  private readonly directory = mkdtempSync(join(tmpdir(), 'simulation-'));
  private readonly workers: readonly ChildProcess[];
  private readonly free: ChildProcess[];
  private readonly waiting: ((worker: ChildProcess) => void)[] = [];
  private readonly memory = new Map<ChildProcess, number>();
  private files = 0;

  constructor(private readonly count = availableParallelism()) {
    const execArgv = ['--import', 'tsx', YOUNG_MEMORY];
    this.workers = Array.from({ length: count }, () => fork(join(__dirname, 'worker.ts'), { execArgv }));
    this.free = [...this.workers];
  }

  /** Hands apps to the workers. */
  runnerOf(apps: AppsFile): Runner {
    const file = join(this.directory, `apps-${this.files++}.json`);
    writeFileSync(file, JSON.stringify(apps));
    const run = (shard: Shard) => this.run({ shard, file });
    return {
      scheduleOf: (shard) => scheduleOf(shard, appOf(shard, apps.apps)),
      run,
      runAll: (shards) => inOrder(shards, run, this.count),
    };
  }

  /** How much memory the worker with the most has used at most, in MB. */
  get peakMemory(): number {
    return Math.round(Math.max(0, ...this.memory.values()) / 1024);
  }

  close(): void {
    for (const worker of this.workers) worker.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async run(order: Order): Promise<Outcome> {
    const worker =
      this.free.pop() ?? (await new Promise<ChildProcess>((resolve) => this.waiting.push(resolve)));
    const answer = await ask(worker, order);
    const next = this.waiting.shift();
    if (next) next(worker);
    else this.free.push(worker);
    if ('error' in answer) throw new Error(answer.error);
    this.memory.set(worker, answer.memory);
    return answer.outcome;
  }
}

/** @throws Error if the worker ends meanwhile. */
async function ask(worker: ChildProcess, order: Order): Promise<Answer> {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = once(worker, 'exit', { signal }).then(([code]) => {
    throw new Error(`a worker of the simulation ended with code ${code}`);
  });
  worker.send(order);
  try {
    const [answer] = await Promise.race([once(worker, 'message', { signal }), ended]);
    return answer;
  } finally {
    ended.catch(() => {});
    controller.abort();
  }
}

/** Runs a few worlds ahead of the one whose turn it is, so that memory does not grow with their number. */
async function* inOrder(
  shards: readonly Shard[],
  run: Runner['run'],
  count: number,
): AsyncGenerator<ShardResult, void> {
  const running: Promise<Outcome>[] = [];
  for (const [turn, shard] of shards.entries()) {
    while (running.length < Math.min(shards.length, turn + 2 * count)) {
      const outcome = run(shards[running.length] as Shard);
      // An error is thrown when its turn comes.
      outcome.catch(() => {});
      running.push(outcome);
    }
    yield { shard, outcome: await (running[turn] as Promise<Outcome>) };
    delete running[turn];
  }
}
