import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..', '..');

/** What differs from one run to the next: the real time, timers, chance. */
const LEAK =
  /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bhrtime\b|\bMath\.random\b|\brandom(UUID|Bytes|Int)\b|\bgetRandomValues\b|\bset(Timeout|Interval|Immediate)\(/;

/** The modules that bring the same. */
const LEAKING_MODULE =
  /\b(from|require\(|import\() ?['"](node:)?(timers|perf_hooks|worker_threads|child_process)\b/;

/** Where a line of a file that a world loads may have it all the same, and why. */
const ALLOWED: Readonly<Record<string, string>> = {
  // It is the default of a parameter, which the simulation gives.
  'local/step-functions/tasks/task-resources.ts': 'requestId: () => string = randomUUID',
};

/** The files of this project that a world loads, except the handlers, which see a platform of their own. */
async function filesOfAWorld(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['simulation/world/run.ts', 'simulation/runs/shard.ts'],
    bundle: true,
    packages: 'external',
    platform: 'node',
    outdir: 'unused',
    write: false,
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}

/** The lines of code with a leak, without comments and imports, and without the processes' own platform. */
function leaksIn(file: string): string[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const code = lines.filter((line) => !/^\s*(\*|\/\/|\/\*|import )/.test(line));
  const leaks = code.filter((line) => LEAK.test(line) && !line.includes(ALLOWED[file] ?? '\n'));
  const modules = lines.filter((line) => LEAKING_MODULE.test(line) && !/^import type\b/.test(line));
  return [...leaks, ...modules].map((line) => `${file}: ${line.trim()}`);
}

test.each([
  "import { setTimeout as delay } from 'node:timers/promises';",
  "} from 'node:timers';",
  "const { performance } = require('perf_hooks');",
])('sees the leak in %s', (line) => {
  expect(line).toMatch(LEAKING_MODULE);
});

test('nothing in a world reads the real time, or leaves anything to real chance', async () => {
  const files = await filesOfAWorld();

  expect(files).toContain('local/step-functions/tasks/task-resources.ts');
  expect(files.filter((file) => file !== 'simulation/code/platform.ts').flatMap(leaksIn)).toEqual([]);
});
