import pc from 'picocolors';

/** Runs a step, and reports on standard error when it begins, when it ends, and how long it took. */
export async function step<T>(name: string, run: () => Promise<T> | T): Promise<T> {
  const { stderr } = process;
  const begin = performance.now();
  if (stderr.isTTY) stderr.write(`${pc.dim('…')} ${name}`);
  const end = (mark: string) => {
    if (stderr.isTTY) stderr.write('\r');
    stderr.write(`${mark} ${name} ${pc.dim(formatDuration(performance.now() - begin))}\n`);
  };
  try {
    const result = await run();
    end(pc.green('✔'));
    return result;
  } catch (error) {
    end(pc.red('✘'));
    throw error;
  }
}

/** @param ms a duration in ms. */
export function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A progress bar on standard error; it prints nothing if that is not a terminal. */
export class ProgressBar {
  private done = 0;

  constructor(
    private readonly name: string,
    private readonly total: number,
  ) {
    this.draw();
  }

  advance(count = 1): void {
    this.done += count;
    this.draw();
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  private draw(): void {
    if (!process.stderr.isTTY) return;
    const filled = Math.round((this.done / this.total) * 30);
    const bar = `${'█'.repeat(filled)}${pc.dim('░'.repeat(30 - filled))}`;
    process.stderr.write(`\r${bar} ${this.done}/${this.total} ${this.name}`);
  }
}
