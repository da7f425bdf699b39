import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lambda gives a function with so much memory, in MB, one core. */
export const MEMORY_OF_A_CORE = 1_769;

/** In µs. */
const PERIOD = 20_000;

// The second version of control groups, and the first.
const HIERARCHIES = [
  {
    root: '/sys/fs/cgroup',
    limit: (directory: string, quota: number) => {
      set(join(directory, 'cpu.max'), `${quota} ${PERIOD}`);
    },
  },
  {
    root: '/sys/fs/cgroup/cpu',
    limit: (directory: string, quota: number) => {
      set(join(directory, 'cpu.cfs_period_us'), String(PERIOD));
      set(join(directory, 'cpu.cfs_quota_us'), String(quota));
    },
  },
];

/** A share of a core for processes, as Lambda gives one to a function according to its memory. */
export class CpuShare {
  private constructor(private readonly directory: string) {}

  /** @returns nothing where this machine does not let us. */
  static create(memory: number): CpuShare | undefined {
    const quota = Math.round((PERIOD * memory) / MEMORY_OF_A_CORE);
    for (const { root, limit } of HIERARCHIES) {
      const directory = join(root, `onboarding-bench-${process.pid}-${memory}`);
      try {
        mkdirSync(directory);
        limit(directory, quota);
        return new CpuShare(directory);
      } catch {
        // Not this version, or not permitted: what was made has to go.
        removeDirectory(directory);
      }
    }
    return undefined;
  }

  add(pid: number): void {
    set(join(this.directory, 'cgroup.procs'), String(pid));
  }

  /** Ends what is still in it. */
  remove(): void {
    for (const pid of readFileSync(join(this.directory, 'cgroup.procs'), 'utf8')
      .split('\n')
      .filter(Boolean)) {
      process.kill(Number(pid), 'SIGKILL');
    }
    // A process has not ended as soon as it is killed.
    for (let i = 0; i < 100 && !removeDirectory(this.directory); i += 1) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** @throws Error if the kernel has not made the file: elsewhere it would limit nothing. */
function set(file: string, value: string): void {
  writeFileSync(file, value, { flag: 'r+' });
}

function removeDirectory(directory: string): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch {
    return false; // it was never made, or a process in it is still ending
  }
}
