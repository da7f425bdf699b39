import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ProgressBar } from '../../local/cli/progress';
import type { TestUser } from '../../test/support/test-cloud';
import { Load } from '../load/load';
import { percentile } from '../statistics/percentile';

/** How many users are measured at a time; the users between only make the local cloud grow. */
const WINDOW = 300;
const BATCH = 250;
const CONCURRENCY = 4;

/** How many onboardings it takes until the functions and the local cloud reach their full speed. */
const WARM_UP = 2_500;

/** The local cloud at one time. */
export interface Snapshot {
  /** How many users were onboarded so far. */
  readonly onboarded: number;
  /** How many of them have not been removed. */
  readonly users: number;
  /** The median of a confirmation, in ms. */
  readonly p50: number;
  /** In MB, after a garbage collection. */
  readonly memory: number;
  /** How many requests one onboarding sends to the endpoint. */
  readonly requests: number;
}

/** The local cloud with its first users, with many, and after as many more came and as many left. */
export interface Growth {
  readonly first: Snapshot;
  readonly many: Snapshot;
  readonly last: Snapshot;
}

/** Onboards `count` users, then as many again while the oldest users and their records are removed. */
export async function measureGrowth(count: number): Promise<Growth> {
  const load = await Load.start(CONCURRENCY);
  const bar = new ProgressBar('onboardings', 2 * count + WARM_UP);
  try {
    const population = new Population(load, bar);
    await population.onboard(WARM_UP, { removing: true });
    await population.onboard(2 * BATCH);
    const first = await population.snapshot();
    await population.onboard(count - 2 * BATCH);
    const many = await population.snapshot();
    await population.onboard(count, { removing: true });
    bar.end();
    return { first, many, last: await population.snapshot() };
  } finally {
    await load.close();
  }
}

class Population {
  private onboarded = 0;
  private readonly users: TestUser[] = [];

  constructor(
    private readonly load: Load,
    private readonly bar: ProgressBar,
  ) {}

  /** @param removing whether an old user is removed for each new one. */
  async onboard(count: number, { removing = false } = {}): Promise<void> {
    for (let i = 0; i < count; i += BATCH) {
      this.users.push(...(await this.load.onboard(BATCH, CONCURRENCY)));
      if (removing) await this.load.remove(this.users.splice(0, BATCH), CONCURRENCY);
      this.onboarded += BATCH;
      this.bar.advance(BATCH);
    }
  }

  /** Measures with users of its own, and removes them afterwards. */
  async snapshot(): Promise<Snapshot> {
    const memory = memoryInUse();
    const users = await this.load.signUp(WINDOW, 1);
    const requests = countRequests();
    const times = await this.load.confirm(users, 1);
    const snapshot = {
      onboarded: this.onboarded,
      users: this.users.length,
      p50: percentile(times, 0.5),
      memory,
      requests: requests.end() / WINDOW,
    };
    await this.load.remove(users, CONCURRENCY);
    return snapshot;
  }
}

/** In MB. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** Counts the requests to the endpoint from now on. */
function countRequests() {
  let count = 0;
  const onRequest = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    // All other requests belong to the Runtime API.
    if (request.method === 'POST' && !request.url?.includes('/runtime/')) count += 1;
  };
  subscribe('http.server.request.start', onRequest);
  return {
    end: () => {
      unsubscribe('http.server.request.start', onRequest);
      return count;
    },
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
