import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ProgressBar } from '../local/progress';
import { Load } from './load';
import { percentile } from './percentile';

/** Who is measured at the start and at the end; those between only make it grow. */
const WINDOW = 300;
const BATCH = 250;
const CONCURRENCY = 4;

/** The local cloud at one time. */
export interface Snapshot {
  readonly users: number;
  /** The median of a confirmation, in ms. */
  readonly p50: number;
  /** In MB, after a collection of garbage. */
  readonly heap: number;
  /** In MB. */
  readonly rss: number;
  /** How many requests one onboarding makes of the endpoint. */
  readonly requests: number;
}

/** Onboards so many users, and compares the first with the last. */
export async function measureGrowth(users: number): Promise<Snapshot[]> {
  const load = await Load.start(CONCURRENCY);
  try {
    await load.onboard(BATCH, CONCURRENCY);
    await load.onboard(BATCH, 1);
    let count = 2 * BATCH;
    const snapshots = [await snapshot(load, count)];
    const bar = new ProgressBar('onboardings', users);
    for (; count < users - WINDOW; count += BATCH) {
      await load.onboard(BATCH, CONCURRENCY);
      bar.advance(BATCH);
    }
    bar.end();
    snapshots.push(await snapshot(load, count));
    return snapshots;
  } finally {
    await load.close();
  }
}

async function snapshot(load: Load, users: number): Promise<Snapshot> {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  const emails = await load.signUp(WINDOW, 1);
  let requests = 0;
  const onRequest = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    // The others are those of the Runtime API.
    if (request.method === 'POST' && !request.url?.includes('/runtime/')) requests += 1;
  };
  subscribe('http.server.request.start', onRequest);
  const times = await load.confirm(emails, 1);
  unsubscribe('http.server.request.start', onRequest);
  const inMB = (bytes: number) => bytes / 2 ** 20;
  return {
    users,
    p50: percentile(times, 0.5),
    heap: inMB(heapUsed),
    rss: inMB(rss),
    requests: requests / WINDOW,
  };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
