import { percentile } from '../statistics/percentile';
import { functionsCpuTime, profile } from './cpu-time';
import { Load } from './load';

const CONCURRENCIES = [1, 8] as const;
const USERS = 400;
/** Onboardings at each concurrency: as many as in a day's work, and until confirmations hardly get faster. */
const EARLY = 300;
const LATE = 900;

/** How long confirmations took, in ms. */
export interface Latency {
  readonly concurrency: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  /** Per second. */
  readonly rate: number;
}

/** CPU time of one confirmation, in ms, by the code that used it. */
export interface CpuTimes {
  /** How many users were onboarded before. */
  readonly after: number;
  readonly functions: number | undefined;
  readonly emulators: number;
  readonly localCloud: number;
}

/** What was logged for one onboarding, in bytes. */
export interface LoggedBytes {
  readonly functions: number;
  readonly functionLines: number;
  readonly executions: number;
  readonly executionEvents: number;
}

export interface EndToEnd {
  readonly latencies: readonly Latency[];
  readonly cpu: { readonly early: CpuTimes; readonly late: CpuTimes };
  readonly logged: LoggedBytes;
}

/** Measures confirmations early and late, because the functions' code gets faster for thousands of them. */
export async function measureEndToEnd(): Promise<EndToEnd> {
  const load = await Load.start(Math.max(...CONCURRENCIES));
  try {
    for (const concurrency of CONCURRENCIES) await load.onboard(EARLY, concurrency);
    const early = await measureCpuTimes(load, 2 * EARLY);
    for (const concurrency of CONCURRENCIES) await load.onboard(LATE, concurrency);
    const late = await measureCpuTimes(load, early.after + USERS + 2 * LATE);
    const latencies: Latency[] = [];
    for (const concurrency of CONCURRENCIES) latencies.push(await measureLatency(load, concurrency));
    return { latencies, cpu: { early, late }, logged: await countLoggedBytes(load) };
  } finally {
    await load.close();
  }
}

async function measureLatency(load: Load, concurrency: number): Promise<Latency> {
  const users = await load.signUp(USERS, concurrency);
  const begin = performance.now();
  const times = await load.confirm(users, concurrency);
  const rate = (1000 * USERS) / (performance.now() - begin);
  const [p50 = 0, p90 = 0, p99 = 0] = [0.5, 0.9, 0.99].map((share) => percentile(times, share));
  return { concurrency, p50, p90, p99, rate };
}

async function measureCpuTimes(load: Load, after: number): Promise<CpuTimes> {
  const users = await load.signUp(USERS, 1);
  const before = functionsCpuTime();
  const times = await profile(() => load.confirm(users, 1));
  const end = functionsCpuTime();
  return {
    after,
    functions: before === undefined || end === undefined ? undefined : (end - before) / USERS,
    emulators: times.emulators / USERS,
    localCloud: times['local cloud'] / USERS,
  };
}

/** What CloudWatch would receive for one user whom warm functions onboard. */
async function countLoggedBytes(load: Load): Promise<LoggedBytes> {
  const user = await load.cloud.signUpAndConfirm({
    address: '{"address_type":"home","street_address":"1 Main Street","locality":"Springfield"}',
  });
  const lines = (await load.cloud.logs()).filter((line) => line.includes(user.sub));
  const [execution] = await load.cloud.executionsOf(user);
  const executionArn = load.cloud.executions.at(-1)?.executionArn;
  const events = (execution?.events ?? []).map(({ id, type, timestamp, details }) =>
    JSON.stringify({
      id: String(id),
      type,
      details: inStrings(details),
      previous_event_id: String(id - 1),
      event_timestamp: String(Date.parse(timestamp)),
      execution_arn: executionArn,
      redrive_count: '0',
    }),
  );
  const bytes = (texts: string[]) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return {
    functions: bytes(lines),
    functionLines: lines.length,
    executions: bytes(events),
    executionEvents: events.length,
  };
}

/** Step Functions logs JSON values as text. */
function inStrings(details: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : value,
    ]),
  );
}
