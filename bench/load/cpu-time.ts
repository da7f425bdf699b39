import { readdirSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** Kernels count CPU time in hundredths of a second. */
const TICK = 10;

/** CPU time that the processes of functions have used so far, in ms; undefined if there is no /proc. */
export function functionsCpuTime(): number | undefined {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .reduce((sum, pid) => sum + cpuTimeOf(pid), 0);
  } catch {
    return undefined;
  }
}

function cpuTimeOf(pid: string): number {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('lambda/runtime/main.cjs')) return 0;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // proc(5): the state is the third field, the parent's id the fourth, the times the 14th and 15th.
    const [, parent] = stat;
    return Number(parent) === process.pid ? (Number(stat[11]) + Number(stat[12])) * TICK : 0;
  } catch {
    return 0; // it has just ended
  }
}

/** The two kinds of code in this process. */
export type Owner = 'emulators' | 'local cloud';

/** Runs something, and measures how much CPU time each kind of code used in this process, in ms. */
export async function profile(run: () => Promise<unknown>): Promise<Record<Owner, number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 500 });
  await session.post('Profiler.start');
  await run();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const { nodes, samples = [], timeDeltas = [] } = profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const times: Record<Owner, number> = { emulators: 0, 'local cloud': 0 };
  for (const [index, id] of samples.entries()) {
    const owner = ownerOf(id);
    if (owner) times[owner] += (timeDeltas[index] ?? 0) / 1000;
  }
  return times;

  /** Node's own code counts for the code that called it. */
  function ownerOf(id: number): Owner | undefined {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const { functionName, url } = byId.get(at)?.callFrame ?? { functionName: '', url: '' };
      if (functionName === '(idle)') return undefined;
      if (OWN_PACKAGES.test(url)) return 'local cloud';
      if (url.includes('node_modules')) return 'emulators';
      if (url.startsWith('file:') || url.startsWith('/')) return 'local cloud';
    }
    return 'local cloud';
  }
}

/** The packages that the local cloud uses itself; all others are emulators or their dependencies. */
const OWN_PACKAGES = /node_modules\/(hono|@hono|light-my-request|cookie|set-cookie-parser|process-warning)\//;
