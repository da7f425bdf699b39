import type { NetworkRequest, NetworkResponse } from './network';
import { moduleOf, type Platform, platformOf, type Surroundings } from './platform';
import { PLATFORM_GLOBALS, type Program } from './program';

/**
 * A process that sees only the simulated world: its clock, its random numbers, its network. It can be frozen,
 * as Lambda does between two invocations, and it can crash. Then nothing in it ever goes on.
 */
export class Sandbox {
  private state: 'running' | 'frozen' | 'crashed' = 'running';
  private readonly missed: (() => void)[] = [];

  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly platform: Platform;
  private readonly globals: readonly unknown[];

  constructor(
    private readonly program: Program,
    private readonly surroundings: Surroundings,
  ) {
    const { setTimeout, clearTimeout, network } = this;
    this.platform = platformOf(surroundings, { setTimeout, clearTimeout, network });
    this.globals = PLATFORM_GLOBALS.map((name) => this.platform.globals[name]);
  }

  /** Loads a file into this process, and returns its exports. */
  load<Exports>(name: string): Exports {
    const loaded = this.modules.get(name);
    if (loaded) return loaded.exports as Exports;
    const code = this.program.get(name);
    if (!code) throw new Error(`the program has no file ${name}`);
    const module = { exports: {} };
    this.modules.set(name, module);
    code(module.exports, module, this.require, ...this.globals);
    return module.exports as Exports;
  }

  /** Lets something happen in this process: now, when it thaws, or never after a crash. */
  enter(run: () => void): void {
    if (this.state === 'running') run();
    else if (this.state === 'frozen') this.missed.push(run);
  }

  freeze(): void {
    if (this.state === 'running') this.state = 'frozen';
  }

  thaw(): void {
    if (this.state !== 'frozen') return;
    this.state = 'running';
    for (const run of this.missed.splice(0)) this.enter(run);
  }

  crash(): void {
    this.state = 'crashed';
    this.missed.length = 0;
  }

  get hasCrashed(): boolean {
    return this.state === 'crashed';
  }

  private readonly require = (name: string): unknown =>
    name.startsWith('./') ? this.load(name.slice(2)) : moduleOf(name, this.platform);

  private readonly setTimeout = (run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => {
    const cancel = this.surroundings.clock.after(delay, () => this.enter(() => run(...args)));
    return { cancel, ref: doNothing, unref: doNothing, hasRef: () => false };
  };

  private readonly clearTimeout = (timer?: unknown) => (timer as { cancel?: () => void })?.cancel?.();

  private readonly network = (request: NetworkRequest) =>
    new Promise<NetworkResponse>((resolve, reject) => {
      this.surroundings.send(request).then(
        (response) => this.enter(() => resolve(response)),
        (error) => this.enter(() => reject(error)),
      );
    });
}

function doNothing(): void {}
