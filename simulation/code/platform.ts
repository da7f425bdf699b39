import { createHash, createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { NetworkRequest, NetworkResponse } from './network';
import type { PLATFORM_GLOBALS } from './program';

/** What a process reaches of the world outside. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Record<string, string>;
  readonly send: (request: NetworkRequest) => Promise<NetworkResponse>;
  /** Receives each line of the log. */
  readonly log: (line: unknown) => void;
}

/** What a process does in its own time: it stands still while the process is frozen, and ends with it. */
export interface OwnTime {
  readonly setTimeout: (run: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => unknown;
  readonly clearTimeout: (timer?: unknown) => void;
  readonly network: (request: NetworkRequest) => Promise<NetworkResponse>;
}

/** The platform as a process sees it: nothing in it knows the real time, or anything by chance. */
export interface Platform {
  readonly globals: Readonly<Record<(typeof PLATFORM_GLOBALS)[number], unknown>>;
  /** Modules that are not the real ones, by their names without `node:`. */
  readonly modules: Readonly<Record<string, unknown>>;
}

/** Modules that are the real ones: they know neither time nor chance. */
const REAL_MODULES: readonly string[] = ['async_hooks', 'events', 'os', 'path', 'stream', 'stream/consumers'];

/** Modules that are loaded, but of which nothing may be called. */
const UNCALLED_MODULES: readonly string[] = ['http', 'https', 'net', 'vm', 'zlib'];

const requireModule = createRequire(__filename);

/** @throws Error for a module whose effects the simulation does not know. */
export function moduleOf(name: string, { modules }: Platform): unknown {
  const module = name.replace(/^node:/, '');
  if (Object.hasOwn(modules, module)) return modules[module];
  if (REAL_MODULES.includes(module)) return requireModule(module);
  if (UNCALLED_MODULES.includes(module)) return uncallable(requireModule(module));
  throw new Error(`the simulation does not provide the module ${name}`);
}

/** An agent can be made, but opens no connection. */
class Agent {
  createConnection(): never {
    return forbidden();
  }
}

const REPLACED_CLASSES: Readonly<Record<string, unknown>> = { Agent };

/** A module whose functions and classes throw. */
function uncallable(module: object): unknown {
  const members = Object.entries(module).map(([name, value]) => [
    name,
    typeof value === 'function' ? (REPLACED_CLASSES[name] ?? forbidden) : value,
  ]);
  return Object.fromEntries(members);
}

export function platformOf(surroundings: Surroundings, ownTime: OwnTime): Platform {
  const { clock, random, environment, log } = surroundings;
  const { setTimeout, clearTimeout, network } = ownTime;
  const process = processOf(environment);
  const ownCrypto = { randomUUID: random.uuid, getRandomValues: forbidden };
  const globals = {
    process,
    console: { log, info: log, warn: log, error: log, debug: log, trace: log },
    simulatedNetwork: network,
    Date: dateOf(clock),
    Math: Object.create(Math, { random: { value: random.next } }),
    performance: { now: clock.now },
    crypto: ownCrypto,
    AbortSignal: abortSignalOf(setTimeout),
    setTimeout,
    clearTimeout,
    setInterval: forbidden,
    clearInterval: clearTimeout,
    setImmediate: (run: () => void) => setTimeout(run, 0),
    queueMicrotask,
    fetch: forbidden,
  };
  const global = globalOf(globals);
  return {
    globals: { ...globals, global, globalThis: global },
    modules: {
      process,
      crypto: { createHash, createHmac, ...ownCrypto, randomBytes: forbidden },
      fs: { promises: { readFile: noFile }, readFile: forbidden },
      'fs/promises': { readFile: noFile },
      'timers/promises': {
        setTimeout: (delay: number, value?: unknown) =>
          new Promise((resolve) => setTimeout(() => resolve(value), delay)),
      },
    },
  };
}

/** A global object with the names of a process; everything else in it, such as `Array`, is the platform's. */
function globalOf(globals: object): object {
  // Defined, because an assignment would reach the setters of the platform's own.
  const define = (object: object, [name, value]: [string, unknown]): object =>
    Object.defineProperty(object, name, { value, writable: true, configurable: true });
  const global = Object.entries(globals).reduce(define, Object.create(globalThis) as object);
  return Object.entries({ global, globalThis: global }).reduce(define, global);
}

/** The real process, but for what differs from one process or one moment to another. */
function processOf(environment: Record<string, string>) {
  const own = {
    env: environment,
    emitWarning: doNothing,
    hrtime: forbidden,
    uptime: forbidden,
    nextTick: forbidden,
    memoryUsage: forbidden,
  };
  return Object.create(
    process,
    Object.fromEntries(Object.entries(own).map(([name, value]) => [name, { value }])),
  );
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

function abortSignalOf(setTimeout: OwnTime['setTimeout']) {
  return {
    any: AbortSignal.any,
    timeout: (delay: number) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(TOOK_TOO_LONG), delay);
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
