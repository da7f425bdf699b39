import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The memory, in MB, with which Lambda gives a function one core. */
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

/** Limits processes to a share of a core, as Lambda does with a function, by its memory. */
export class CpuShare {
  private constructor(private readonly directory: string) {}

  /** @returns undefined if this machine does not allow it. */
  static create(memory: number): CpuShare | undefined {
    const quota = Math.round((PERIOD * memory) / MEMORY_OF_A_CORE);
    for (const { root, limit } of HIERARCHIES) {
      const directory = join(root, `onboarding-bench-${process.pid}-${memory}`);
      try {
        mkdirSync(directory);
        limit(directory, quota);
        return new CpuShare(directory);
      } catch {
        // It is the other version, or it is not permitted: remove the directory again.
        removeDirectory(directory);
      }
    }
    return undefined;
  }

  add(pid: number): void {
    set(join(this.directory, 'cgroup.procs'), String(pid));
  }

  /** Ends the processes that are still in it. */
  remove(): void {
    for (const pid of readFileSync(join(this.directory, 'cgroup.procs'), 'utf8')
      .split('\n')
      .filter(Boolean)) {
      process.kill(Number(pid), 'SIGKILL');
    }
    // A killed process takes a moment to end.
    for (let i = 0; i < 100 && !removeDirectory(this.directory); i += 1) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** @throws Error if the kernel has not made the file; a file of our own would limit nothing. */
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
