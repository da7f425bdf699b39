import { execFile } from 'node:child_process';
import { basename, relative } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** In ms: an editor saves a file in several steps, and a tool saves several files. */
const QUIET_TIME = 40;

/** Watches sources. While one change is worked on, it collects the next ones. */
export class Sources {
  private readonly watcher: FSWatcher;
  private readonly changed = new Set<string>();
  private timer?: NodeJS.Timeout;
  private busy = false;

  /**
   * @param folders paths relative to the working directory.
   * @param onChange receives the changed files, relative to the working directory. It must not reject.
   */
  constructor(
    folders: readonly string[],
    private readonly onChange: (files: readonly string[]) => Promise<void>,
  ) {
    this.watcher = watch([...folders], { ignoreInitial: true, ignored: isNoSource });
    this.watcher.on('all', (_, path) => void this.note(path));
  }

  /** Settles when every change from now on is seen. */
  async ready(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.watcher.once('ready', () => resolve());
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.watcher.close();
  }

  private async note(path: string): Promise<void> {
    if (await isIgnoredByGit(path)) return;
    this.changed.add(relative(process.cwd(), path));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), QUIET_TIME);
  }

  private async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (this.changed.size > 0) {
      const files = [...this.changed];
      this.changed.clear();
      await this.onChange(files);
    }
    this.busy = false;
  }
}

function isNoSource(path: string): boolean {
  const name = basename(path);
  return name === 'node_modules' || name === 'cdk.out' || (name.startsWith('.') && name.length > 1);
}

/** What a build writes is not a source. Outside of a repository, nothing is ignored. */
function isIgnoredByGit(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('git', ['check-ignore', '--quiet', path], (error) => resolve(error === null));
  });
}
