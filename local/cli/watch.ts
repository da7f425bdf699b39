import { unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { CloudAssembly } from '../cloudformation/cloud-assembly';
import type { AppUpdate } from '../cloudformation/update/app-update';
import type { LocalCloud } from '../local-cloud';
import { BuildCommand } from './build-command';
import { formatDuration } from './progress';
import { Sources } from './sources';

/** How an app is made from its sources. */
export interface Project {
  /** Makes the directory of the app. */
  readonly synthesize: () => Promise<string>;
  /** The folders of its sources. */
  readonly sources: readonly string[];
  /**
   * Makes anew what depends on changed files.
   *
   * @param takeOn has to be called each time when there is something new in the directory.
   */
  readonly remake: (files: readonly string[], takeOn: () => Promise<void>) => Promise<void>;
}

/** In ms: how often the directory of the app is looked at. */
const INTERVAL = 100;

/** Keeps a local cloud in step with its app. */
export class Watch {
  private update = Promise.resolve();

  private constructor(
    private readonly cloud: LocalCloud,
    private readonly directory: string,
    private readonly stack: string | undefined,
  ) {}

  /** Takes on each new synthesis into a directory. @returns what ends the watch. */
  static directory(cloud: LocalCloud, directory: string, stack?: string): () => void {
    const watch = new Watch(cloud, directory, stack);
    // CDK writes it last.
    const manifest = join(directory, 'manifest.json');
    watchFile(manifest, { interval: INTERVAL }, (now, before) => {
      if (now.mtimeMs > 0 && now.mtimeMs !== before.mtimeMs) void watch.takeOn();
    });
    return () => unwatchFile(manifest);
  }

  /** Makes a project anew whenever its sources change. @returns what ends the watch. */
  static async project(
    cloud: LocalCloud,
    project: Project,
    directory: string,
    stack?: string,
  ): Promise<() => Promise<void>> {
    const watch = new Watch(cloud, directory, stack);
    const sources = new Sources(project.sources, async (files) => {
      console.error(pc.dim(`changed: ${files.join(', ')}`));
      await project.remake(files, () => watch.takeOn()).catch(report);
    });
    await sources.ready();
    return () => sources.close();
  }

  private takeOn(): Promise<void> {
    this.update = this.update.then(async () => {
      const begin = performance.now();
      try {
        const update = await this.cloud.update(new CloudAssembly(this.directory, this.stack));
        describe(update, formatDuration(performance.now() - begin));
      } catch (error) {
        report(error as Error);
      }
    });
    return this.update;
  }
}

/** A project that a command makes, with sources anywhere below the working directory. */
export function commandProject(command: string, directory: string): Project & { stop: () => void } {
  const build = new BuildCommand(command);
  return {
    sources: ['.'],
    stop: () => build.stop(),
    synthesize: async () => {
      await build.run();
      return directory;
    },
    remake: async (_, takeOn) => {
      await build.run();
      await takeOn();
    },
  };
}

function describe({ changed, kept, notPlayed, errors }: AppUpdate, duration: string): void {
  if (changed.length > 0) console.error(`${pc.green('✔')} swapped ${changed.join(', ')} ${pc.dim(duration)}`);
  if (kept.length > 0)
    console.error(`${pc.yellow('!')} ${kept.join(', ')}: stays as it was. Start again to take on its change`);
  if (notPlayed.length > 0) console.error(`${pc.yellow('!')} without effect here: ${notPlayed.join(', ')}`);
  for (const error of errors) report(new Error(error));
}

function report(error: Error): void {
  console.error(`${pc.red('✘')} ${error.message}`);
}
