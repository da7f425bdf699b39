import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../world/run';
import type { Shard } from './shard';
import type { ProgramText } from './worker';

/** What became of a shard. */
export interface ShardResult {
  readonly shard: Shard;
  readonly outcome: Outcome;
}

/** Processes that run worlds side by side, one for each core. */
export class Workers {
  private readonly directory = mkdtempSync(join(tmpdir(), 'simulation-'));
  private readonly workers: readonly ChildProcess[];
  private readonly free: ChildProcess[];

  constructor(program: ProgramText, count = availableParallelism()) {
    const file = join(this.directory, 'program.json');
    writeFileSync(file, JSON.stringify(program));
    const execArgv = ['--import', 'tsx'];
    this.workers = Array.from({ length: count }, () =>
      fork(join(__dirname, 'worker.ts'), [file], { execArgv }),
    );
    this.free = [...this.workers];
  }

  /** Runs one world; at most as many at once as there are workers. */
  async run(shard: Shard): Promise<Outcome> {
    const worker = this.free.pop();
    if (!worker) throw new Error('no worker is free');
    worker.send(shard);
    const [{ outcome, error }] = await once(worker, 'message');
    this.free.push(worker);
    if (error) throw new Error(error);
    return outcome;
  }

  /** Runs worlds side by side, and yields their results in the order of the worlds. */
  async *runAll(shards: readonly Shard[]): AsyncGenerator<ShardResult> {
    const running: Promise<ShardResult>[] = [];
    let next = 0;
    const fill = () => {
      while (this.free.length > 0 && next < shards.length) {
        const shard = shards[next++] as Shard;
        const result = this.run(shard).then((outcome) => ({ shard, outcome }));
        // An error is thrown when its turn comes.
        result.then(fill, () => {});
        running.push(result);
      }
    };
    fill();
    for (let turn = 0; turn < shards.length; turn += 1) {
      yield await (running[turn] as Promise<ShardResult>);
      delete running[turn];
    }
  }

  close(): void {
    for (const worker of this.workers) worker.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
