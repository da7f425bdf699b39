import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { NetworkRequest, NetworkResponse } from './network';

/** What a process reaches of the world outside. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Record<string, string>;
  readonly send: (request: NetworkRequest) => Promise<NetworkResponse>;
  /** Receives each line of the log. */
  readonly log: (line: unknown) => void;
}

/** A file that can be loaded into any number of processes. */
type Code = (...globals: unknown[]) => void;

/** The files of a program, by their names. */
export type Program = ReadonlyMap<string, Code>;

/** The platform's names that a process sees in its own way. */
const GLOBALS = [
  'exports',
  'module',
  'require',
  'process',
  'console',
  'simulatedNetwork',
  'Date',
  'Math',
  'performance',
  'crypto',
  'AbortSignal',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'fetch',
];

/** Files that are compiled already, by their text: programs that differ in one file share the others. */
const compiled = new Map<string, Code>();

/** Compiles files of CommonJS. */
export function compile(files: Readonly<Record<string, string>>): Program {
  return new Map(Object.entries(files).map(([name, text]) => [name, codeOf(name, text)]));
}

function codeOf(filename: string, text: string): Code {
  const code = compiled.get(text) ?? (compileFunction(text, GLOBALS, { filename }) as unknown as Code);
  compiled.set(text, code);
  return code;
}

const requireModule = createRequire(__filename);

/**
 * A process that sees only the simulated world: its clock, its random numbers, its network. It can be frozen,
 * as Lambda does between two invocations, and it can crash. Then nothing in it ever goes on.
 */
export class Sandbox {
  private state: 'running' | 'frozen' | 'crashed' = 'running';
  private readonly missed: (() => void)[] = [];

  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly globals: readonly unknown[];

  constructor(
    private readonly program: Program,
    private readonly surroundings: Surroundings,
  ) {
    this.globals = this.makeGlobals();
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

  private readonly setTimeout = (run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) => {
    const cancel = this.surroundings.clock.after(delay, () => this.enter(() => run(...args)));
    return { cancel, ref: doNothing, unref: doNothing, hasRef: () => false };
  };

  private readonly clearTimeout = (timer?: { cancel: () => void }) => timer?.cancel?.();

  private readonly sleep = (delay: number, value?: unknown) =>
    new Promise((resolve) => this.setTimeout(() => resolve(value), delay));

  private readonly network = (request: NetworkRequest) =>
    new Promise<NetworkResponse>((resolve, reject) => {
      this.surroundings.send(request).then(
        (response) => this.enter(() => resolve(response)),
        (error) => this.enter(() => reject(error)),
      );
    });

  private readonly require = (name: string): unknown => {
    if (name.startsWith('./')) return this.load(name.slice(2));
    const module = name.replace(/^node:/, '');
    if (module === 'timers/promises') return { setTimeout: this.sleep };
    if (module === 'fs/promises') return { readFile: noFile };
    if (module === 'fs') return { promises: { readFile: noFile }, readFile: forbidden };
    if (module === 'crypto')
      return { ...requireModule('node:crypto'), randomUUID: this.surroundings.random.uuid };
    return requireModule(name);
  };

  private makeGlobals(): unknown[] {
    const { clock, random, environment, log } = this.surroundings;
    const env = environment;
    return [
      Object.create(process, { env: { value: env }, emitWarning: { value: doNothing } }),
      { log, info: log, warn: log, error: log, debug: log, trace: log },
      this.network,
      dateOf(clock),
      Object.create(Math, { random: { value: random.next } }),
      { now: clock.now },
      { randomUUID: random.uuid, getRandomValues: forbidden },
      abortSignalOf(this.setTimeout),
      this.setTimeout,
      this.clearTimeout,
      forbidden,
      this.clearTimeout,
      (run: () => void) => this.setTimeout(run, 0),
      forbidden,
    ];
  }
}

/** The platform's `Date` at the time of a clock. */
function dateOf(clock: Clock): DateConstructor {
  return class extends Date {
    constructor(...args: [] | [string | number | Date]) {
      super(...((args.length === 0 ? [clock.now()] : args) as [number]));
    }

    static override now(): number {
      return clock.now();
    }
  } as unknown as DateConstructor;
}

const TOOK_TOO_LONG = new DOMException('it took too long', 'TimeoutError');

function abortSignalOf(setTimer: (run: () => void, delay: number) => unknown) {
  return {
    any: AbortSignal.any,
    timeout: (delay: number) => {
      const controller = new AbortController();
      setTimer(() => controller.abort(TOOK_TOO_LONG), delay);
      return controller.signal;
    },
  };
}

async function noFile(): Promise<never> {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
}

function forbidden(): never {
  throw new Error('the simulation does not provide this');
}

function doNothing(): void {}
